import { mkdirSync } from 'node:fs';
import { createConnection } from 'node:net';
import { join } from 'node:path';
import { secretsOf, writeWhole } from './home.mjs';
import { claimPort, portsOf } from './ports.mjs';
import { runningOf, startDetached, untilAnswers } from './processes.mjs';
import { run, which } from './shell.mjs';
import { inTree } from './tree.mjs';

export const REDIS_PACKAGES = ['redis-server'];
const OLDEST_MAJOR = 7;

/** A Redis on the PATH that is new enough. @returns {Promise<{ path: string, version: string } | undefined>} */
export async function installedRedis() {
  const path = which('redis-server');
  if (!path) return undefined;
  const version = /v=(\d+\.\d+\.\d+)/.exec((await run(path, ['--version'])).out)?.[1];
  return version && Number.parseInt(version, 10) >= OLDEST_MAJOR ? { path, version } : undefined;
}

/** @param {import('./home.mjs').Home} home */
export function redisUrl(home) {
  return `redis://:${secretsOf(home).redisPassword}@127.0.0.1:${portsOf(home).redis}/0`;
}

/**
 * @param {import('./home.mjs').Home} home
 * @param {{ tree?: string }} where the unpacked tree, when there is none on the PATH
 */
export async function startRedis(home, { tree }) {
  if (runningOf(home, 'redis') && (await redisAnswers(home))) return 'reused';
  const port = await claimPort(home, 'redis');
  mkdirSync(home.redis, { recursive: true });
  const config = join(home.redis, 'redis.conf');
  writeWhole(config, configuration(home, port));
  const installed = tree ? undefined : await installedRedis();
  // The tree's redis-server is a link; the loader wants the program itself, told by argv0 which one to be.
  const how = installed
    ? { command: installed.path, args: [config] }
    : inTree(String(tree), 'usr/bin/redis-server', [config]);
  await startDetached(home, 'redis', { command: how.command, args: how.args, ports: { redis: port } });
  await untilAnswers(home, 'redis', () => redisAnswers(home));
  return 'started';
}

/** @param {import('./home.mjs').Home} home @param {number} port */
function configuration(home, port) {
  return `bind 127.0.0.1
port ${port}
dir ${home.redis}
# Opened for every line, so that it can be put aside at any time.
logfile ${join(home.log, 'redis.log')}
requirepass ${secretsOf(home).redisPassword}
daemonize no
# The tests give each suite a database of its own.
databases 1024
# Timers live here: they must outlive a restart.
appendonly yes
appendfsync everysec
save ""
maxmemory-policy noeviction
`;
}

/** @param {import('./home.mjs').Home} home @returns {Promise<boolean>} */
export function redisAnswers(home) {
  const port = portsOf(home).redis;
  if (!port) return Promise.resolve(false);
  return new Promise((done) => {
    const socket = createConnection({ port, host: '127.0.0.1' }, () =>
      socket.write(`AUTH ${secretsOf(home).redisPassword}\r\nPING\r\n`),
    );
    let heard = '';
    /** @param {boolean} answer */
    const settle = (answer) => {
      socket.destroy();
      done(answer);
    };
    socket.setTimeout(2000, () => settle(false));
    socket.once('error', () => settle(false));
    socket.on('data', (chunk) => {
      heard += chunk;
      if (heard.includes('+PONG')) settle(true);
      else if (heard.includes('-')) settle(false);
    });
  });
}
