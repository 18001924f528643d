import { join } from 'node:path';
import {
  AMI_USER,
  ARI_USER,
  ASTERISK_PACKAGES,
  asteriskAnswers,
  asteriskFolders,
  installedAsterisk,
  startAsterisk,
} from './asterisk.mjs';
import { demoPasswordOf, homeFrom, prepareHome, secretsOf } from './home.mjs';
import { withLock } from './lock.mjs';
import { portsOf } from './ports.mjs';
import { postgresAnswers, startPostgres } from './postgres.mjs';
import { databaseUrl } from './postgres-database.mjs';
import { runningOf, stopRemembered } from './processes.mjs';
import { installedRedis, REDIS_PACKAGES, redisAnswers, redisUrl, startRedis } from './redis.mjs';
import { treeWith } from './tree.mjs';
import { trunkPort, trunkValues } from './trunk.mjs';

/** @typedef {'postgres' | 'redis' | 'asterisk'} ServiceName */

/** The three servers in the order they start; each is left alone when its setting points elsewhere. */
export const SERVICES = /** @type {const} */ ([
  { name: 'postgres', label: 'PostgreSQL', setting: 'DATABASE_URL', answers: postgresAnswers },
  { name: 'redis', label: 'Redis', setting: 'REDIS_URL', answers: redisAnswers },
  { name: 'asterisk', label: 'Asterisk', setting: 'ASTERISK_HTTP_URL', answers: asteriskAnswers },
]);

/**
 * The Debian packages to unpack for servers that are neither installed nor run elsewhere. It is always the same set, so
 * that installing one of them later does not make another tree.
 * @param {NodeJS.ProcessEnv} env
 */
export async function packagesToUnpack(env = process.env) {
  const asterisk = !env.ASTERISK_HTTP_URL && !(await installedAsterisk());
  const redis = !env.REDIS_URL && !(await installedRedis());
  return { asterisk, redis, all: asterisk || redis ? [...ASTERISK_PACKAGES, ...REDIS_PACKAGES] : [] };
}

/**
 * Unpacks what the servers need, before anything is started: it takes longest the first time.
 * @param {{ home?: import('./home.mjs').Home, say?: (line: string) => void }} [options]
 */
export async function unpackServers({ home = homeFrom(), say = () => {} } = {}) {
  const { all } = await packagesToUnpack();
  if (all.length > 0) await treeWith(home, all, say);
}

/**
 * Starts what is not running yet. Safe to call from several processes at once.
 * @param {{ home?: import('./home.mjs').Home, say?: (line: string) => void }} [options]
 * @returns {Promise<{ started: ServiceName[], env: Record<string, string> }>} which servers this call started
 */
export async function up({ home = homeFrom(), say = () => {} } = {}) {
  prepareHome(home);
  return await withLock(home.run, async () => {
    secretsOf(home);
    const packages = await packagesToUnpack();
    const tree = packages.all.length > 0 ? await treeWith(home, packages.all, say) : undefined;
    const starts = {
      postgres: () => startPostgres(home),
      redis: () => startRedis(home, { tree: packages.redis ? tree : undefined }),
      asterisk: () => startAsterisk(home, { tree: packages.asterisk ? tree : undefined }),
    };
    /** @type {ServiceName[]} */
    const started = [];
    for (const { name, label, setting } of SERVICES) {
      if (process.env[setting]) {
        say(`${label}: the one ${setting} points to`);
        continue;
      }
      const how = await starts[name]();
      if (how === 'started') started.push(name);
      say(`${label} ${how === 'started' ? 'started' : 'was running already'}`);
    }
    return { started, env: environmentFor(home) };
  });
}

/**
 * Ends the servers this home started, or only the named ones.
 * @param {{ home?: import('./home.mjs').Home, only?: readonly ServiceName[], say?: (line: string) => void }} [options]
 */
export async function down({
  home = homeFrom(),
  only = ['asterisk', 'redis', 'postgres'],
  say = () => {},
} = {}) {
  prepareHome(home);
  await withLock(home.run, async () => {
    const ends = only.map(async (name) => {
      // SIGINT is PostgreSQL's fast shutdown; SIGTERM would wait for every client to leave.
      const stopped = await stopRemembered(home, name, {
        signal: name === 'postgres' ? 'SIGINT' : 'SIGTERM',
      });
      if (stopped) say(`${name} stopped`);
    });
    await Promise.all(ends);
  });
}

/**
 * What runs of this home, and whether it answers.
 * @param {import('./home.mjs').Home} home
 */
export async function stateOf(home) {
  return await Promise.all(
    SERVICES.map(async ({ name, label, setting, answers }) => ({
      name,
      label,
      setting,
      elsewhere: Boolean(process.env[setting]),
      pid: runningOf(home, name)?.pid,
      answers: await answers(home),
    })),
  );
}

/**
 * The settings the API and the worker read. A setting already given wins over the home's own servers.
 * @param {import('./home.mjs').Home} [home]
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {Record<string, string>}
 */
export function environmentFor(home = homeFrom(), env = process.env) {
  const secrets = secretsOf(home);
  const { asteriskHttp, asteriskAmi } = portsOf(home);
  const folders = asteriskFolders(home);
  const own = {
    PORT: '3000',
    HOST: '127.0.0.1',
    SANLING_HOME: home.root,
    DATABASE_URL: databaseUrl(home),
    REDIS_URL: redisUrl(home),
    ASTERISK_HTTP_URL: `http://127.0.0.1:${asteriskHttp}`,
    ASTERISK_SIP_WS_URL: `ws://127.0.0.1:${asteriskHttp}/ws`,
    ASTERISK_ARI_USER: ARI_USER,
    ASTERISK_ARI_PASSWORD: secrets.ariPassword,
    ASTERISK_AMI_HOST: '127.0.0.1',
    ASTERISK_AMI_PORT: String(asteriskAmi),
    ASTERISK_AMI_USER: AMI_USER,
    ASTERISK_AMI_PASSWORD: secrets.amiPassword,
    ASTERISK_SPOOL: folders.spool,
    ASTERISK_SOUNDS: join(folders.data, 'sounds'),
    SIP_TRUNK_PORT: String(trunkPort(env)),
    SIP_TRUNK_PEERS: trunkValues(env).trunkPeers,
    SANLING_SECRET: secrets.sessionSecret,
  };
  const given = Object.entries(own).map(([name, value]) => [name, env[name] || value]);
  return { ...Object.fromEntries(given), SANLING_DEMO_PASSWORD: demoPasswordOf(home, env) };
}
