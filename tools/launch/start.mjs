import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { Failure } from '../services/failure.mjs';
import { homeFrom, noteDemoMade, prepareHome } from '../services/home.mjs';
import { watchLogs } from '../services/log-files.mjs';
import { isTcpFree, portFrom } from '../services/ports.mjs';
import { remember, runningOf, stopRemembered } from '../services/processes.mjs';
import { down, environmentFor, unpackServers, up } from '../services/services.mjs';
import { enter, leave } from '../services/users.mjs';
import { build } from './build.mjs';
import { untilHealthy } from './health.mjs';
import { installPackages } from './packages.mjs';
import { reset } from './reset.mjs';
import { Kept } from './supervisor.mjs';
import { watchServers } from './watch.mjs';
import { welcome } from './welcome.mjs';

const INTERRUPTED = 130;

/**
 * @typedef {object} Launch
 * @property {import('../services/home.mjs').Home} home
 * @property {(line: string) => void} say
 * @property {AbortSignal} signal aborted by Ctrl-C
 * @property {Kept[]} kept
 */

/**
 * Brings the whole product up and stays until it is told to stop.
 * @param {string[]} args
 */
export async function start(args) {
  const unknown = args.find((arg) => arg !== '--reset');
  if (unknown) throw new Failure(`"${unknown}" is not known to npm start.`, 'It takes --reset only.');
  /** @type {Launch} */
  const launch = { home: homeFrom(), say: progress(), signal: interruption(), kept: [] };
  takeHome(launch.home);
  try {
    return await bringUp(launch, args.includes('--reset'));
  } catch (error) {
    // What Ctrl-C cut short fails in ways that are nobody's fault.
    if (launch.signal.aborted) return INTERRUPTED;
    throw error;
  } finally {
    await Promise.all(launch.kept.map((one) => one.stop()));
    if (leave(launch.home) === 0) await down({ home: launch.home });
    rmSync(join(launch.home.run, 'launcher.json'), { force: true });
  }
}

/** @param {import('../services/home.mjs').Home} home */
function takeHome(home) {
  prepareHome(home);
  const running = runningOf(home, 'launcher');
  if (running) {
    const mend = 'Stop it with Ctrl-C first, or give this one its own SANLING_HOME, PORT and SIP_TRUNK_PORT.';
    throw new Failure(`Sanling is running already in ${home.root} (process ${running.pid}).`, mend);
  }
  remember(home, 'launcher', process.pid, {});
  enter(home);
}

/** @param {Launch} launch @param {boolean} anew */
async function bringUp({ home, say, signal, kept }, anew) {
  // A killed launcher may have left them, and they would hold the port.
  for (const name of ['api', 'worker']) await stopRemembered(home, name);
  if (anew) await reset(home, say);
  const url = await freeAddress();
  // One waits for npm's registry and the other for Debian's mirror, so they wait together.
  const fetched = await Promise.allSettled([
    installPackages({ log: join(home.log, 'npm.log'), say }),
    unpackServers({ home, say }),
  ]);
  for (const result of fetched) if (result.status === 'rejected') throw result.reason;
  signal.throwIfAborted();
  await up({ home, say });
  signal.throwIfAborted();
  await build({ log: join(home.log, 'build.log'), say });
  signal.throwIfAborted();
  const env = {
    ...process.env,
    ...environmentFor(home),
    NODE_ENV: process.env.NODE_ENV || 'production',
    SANLING_DEMO_FLOW: process.env.SANLING_DEMO_FLOW || 'on',
  };
  const api = new Kept(home, 'api', { file: 'dist/main.js', env, say });
  const worker = new Kept(home, 'worker', { file: 'dist/worker.js', env, say });
  kept.push(api, worker);
  say('starting the server');
  await api.start();
  await untilHealthy(url, api, { signal });
  // After the server, which brings the database up to date.
  await worker.start();
  say('ready');
  noteDemoMade(home, env.SANLING_DEMO_PASSWORD);
  console.log(welcome(url, env));
  if (process.env.SANLING_DEMO_PASSWORD && process.env.SANLING_DEMO_PASSWORD !== env.SANLING_DEMO_PASSWORD) {
    console.log('  SANLING_DEMO_PASSWORD is not used: the demo was made with the password above.\n');
  }
  const watch = watchServers(home, say);
  const logs = watchLogs(home, say);
  await new Promise((stop) => signal.addEventListener('abort', stop, { once: true }));
  say('stopping');
  logs.stop();
  await watch.stop();
  return 0;
}

/** @returns {(line: string) => void} */
function progress() {
  const startedAt = Date.now();
  return (line) => console.log(`${((Date.now() - startedAt) / 1000).toFixed(1).padStart(6)} s  ${line}`);
}

/** The address to serve from; one taken by another program is told before anything is started. */
async function freeAddress() {
  const port = portFrom('PORT', 3000);
  const host = process.env.HOST || '127.0.0.1';
  if (!(await isTcpFree(port, host))) {
    const mend = `Set PORT to a free port, for example PORT=${port + 1} npm start.`;
    throw new Failure(`TCP port ${port} on ${host} is in use by another program.`, mend);
  }
  const protocol = process.env.SANLING_TLS_CERT ? 'https' : 'http';
  return `${protocol}://${host === '0.0.0.0' ? '127.0.0.1' : host}:${port}`;
}

function interruption() {
  const abort = new AbortController();
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
    process.on(signal, () => abort.abort(new Error('interrupted')));
  }
  return abort.signal;
}
