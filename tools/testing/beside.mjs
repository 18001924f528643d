import { spawn } from 'node:child_process';
import { createWriteStream, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { CHECKOUT, homeFrom, prepareHome } from '../services/home.mjs';
import { which } from '../services/shell.mjs';

/** How much the stages of a lane stand back: as far as they can where they only want the processor. */
const NICENESS = { build: 0, timed: 0, browsers: 0, beside: 19 };

/**
 * What a lane is started by. Root's Chromium takes a higher place than it was given, unless it may not.
 * @param {number} niceness
 */
function standingBack(niceness) {
  if (niceness === 0) return [];
  const nice = ['nice', '-n', String(niceness)];
  const setpriv = process.getuid?.() === 0 ? which('setpriv') : undefined;
  return setpriv ? [setpriv, '--inh-caps=-sys_nice', '--bounding-set=-sys_nice', ...nice] : nice;
}

/**
 * Runs the stages of a lane in a process beside this one and in a home (so with servers) of their own. What it prints is
 * shown when it has ended, so that two outputs do not mix.
 * @param {import('./stages.mjs').Stage['lane']} lane
 * @param {import('./stages.mjs').Stage[]} stages
 * @param {import('../services/home.mjs').Home} around
 * @param {(line: string) => void} say
 * @returns {{ home: import('../services/home.mjs').Home, ended: Promise<string> }} `ended`: what it printed
 */
export function beginBeside(lane, stages, around, say) {
  const names = stages.map(({ name }) => name);
  const { SIP_TRUNK_PORT: _ours, ...rest } = process.env;
  const env = { ...rest, SANLING_HOME: join(around.root, lane) };
  const home = homeFrom(env);
  prepareHome(home);
  rmSync(join(home.root, 'results/outcomes.json'), { force: true });
  const log = join(around.log, `${lane}.log`);
  say(`at once, in lane ${lane}: ${names.join(' ')} (${log})`);
  const [program = '', ...args] = [
    ...standingBack(NICENESS[lane]),
    process.execPath,
    join(CHECKOUT, 'tools/test.mjs'),
    ...names,
  ];
  const child = spawn(program, args, { cwd: CHECKOUT, env, stdio: ['ignore', 'pipe', 'pipe'] });
  const file = createWriteStream(log);
  child.stdout.pipe(file, { end: false });
  child.stderr.pipe(file, { end: false });
  const pass = (/** @type {NodeJS.Signals} */ signal) => child.kill(signal);
  process.once('SIGINT', pass);
  process.once('SIGTERM', pass);
  const ended = new Promise((done, failed) => {
    child.once('error', failed);
    child.once('close', () => file.end(done));
  }).then(() => {
    process.off('SIGINT', pass);
    process.off('SIGTERM', pass);
    return readFileSync(log, 'utf8');
  });
  return { home, ended };
}
