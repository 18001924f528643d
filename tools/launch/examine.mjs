import { existsSync, readFileSync, statfsSync } from 'node:fs';
import { join } from 'node:path';
import { ASTERISK_PACKAGES, installedAsterisk } from '../services/asterisk.mjs';
import { Failure } from '../services/failure.mjs';
import { CHECKOUT, homeFrom, prepareHome } from '../services/home.mjs';
import { isTcpFree, isUdpFree, portFrom, portsOf } from '../services/ports.mjs';
import { postgresBinaries } from '../services/postgres.mjs';
import { runningOf } from '../services/processes.mjs';
import { installedRedis, REDIS_PACKAGES } from '../services/redis.mjs';
import { packagesToUnpack, stateOf } from '../services/services.mjs';
import { run, which } from '../services/shell.mjs';
import { existingTree, inTree } from '../services/tree.mjs';
import { trunkPort } from '../services/trunk.mjs';
import { buildIsCurrent } from './build.mjs';
import { packagesAreCurrent } from './packages.mjs';

/** @typedef {{ what: string, found: string, ok: boolean, mend?: string }} Finding */

/**
 * What is there and what is missing, each with the one line that mends it.
 * @returns {Promise<Finding[]>}
 */
export async function examine() {
  const home = homeFrom();
  prepareHome(home);
  return [
    { what: 'Node', found: process.versions.node, ok: true },
    await npm(),
    packages(),
    {
      what: 'build',
      found: buildIsCurrent() ? 'current' : 'older than the sources; npm start builds it',
      ok: true,
    },
    await postgres(),
    await redis(home),
    await asterisk(home),
    await webPort(home),
    await sipPort(home),
    space(home),
    ...(await running(home)),
  ];
}

/** @returns {Promise<Finding>} */
async function npm() {
  const path = which('npm');
  if (!path)
    return { what: 'npm', found: 'not found', ok: false, mend: 'Install npm with Node from nodejs.org.' };
  return { what: 'npm', found: (await run(path, ['--version'], { cwd: CHECKOUT })).out.trim(), ok: true };
}

/** @returns {Finding} */
function packages() {
  if (packagesAreCurrent()) return { what: 'packages', found: 'installed', ok: true };
  return {
    what: 'packages',
    found: 'not installed, or older than package-lock.json',
    ok: false,
    mend: 'npm install',
  };
}

/** @returns {Promise<Finding>} */
async function postgres() {
  const what = 'PostgreSQL';
  if (process.env.DATABASE_URL) return { what, found: 'the one DATABASE_URL points to', ok: true };
  try {
    const { out } = await run(join(postgresBinaries(), 'native/bin/postgres'), ['--version']);
    return {
      what,
      found: `${/[\d.]+/.exec(out)?.[0] ?? 'of unknown version'}, from an npm package`,
      ok: true,
    };
  } catch (error) {
    if (error instanceof Failure) return { what, found: error.what, ok: false, mend: 'npm install' };
    throw error;
  }
}

/** @param {import('../services/home.mjs').Home} home @returns {Promise<Finding>} */
async function redis(home) {
  const what = 'Redis';
  if (process.env.REDIS_URL) return { what, found: 'the one REDIS_URL points to', ok: true };
  const installed = await installedRedis();
  if (installed) return { what, found: `${installed.version}, ${installed.path}`, ok: true };
  return await unpacked(home, what, REDIS_PACKAGES, ['usr/bin/redis-server', '--version']);
}

/** @param {import('../services/home.mjs').Home} home @returns {Promise<Finding>} */
async function asterisk(home) {
  const what = 'Asterisk';
  if (process.env.ASTERISK_HTTP_URL) return { what, found: 'the one ASTERISK_HTTP_URL points to', ok: true };
  const installed = await installedAsterisk();
  if (installed) return { what, found: `${installed.version}, ${installed.path}`, ok: true };
  return await unpacked(home, what, ASTERISK_PACKAGES, ['usr/sbin/asterisk', '-V']);
}

/**
 * @param {import('../services/home.mjs').Home} home
 * @param {string} what
 * @param {string[]} names
 * @param {[string, string]} program
 * @returns {Promise<Finding>}
 */
async function unpacked(home, what, names, [path, flag]) {
  const tree = existingTree(home, (await packagesToUnpack()).all);
  if (tree) {
    const { command, args } = inTree(tree, path, [flag]);
    const { out } = await run(command, args);
    return {
      what,
      found: `${/\d+\.[\d.]+/.exec(out)?.[0] ?? 'of unknown version'}, unpacked in ${tree}`,
      ok: true,
    };
  }
  if (which('apt-get') && which('dpkg-deb')) {
    return { what, found: 'not here yet; npm start unpacks it from Debian packages', ok: true };
  }
  const mend = `Install ${names[0]} with your system's package manager.`;
  return { what, found: 'not found, and no Debian tools to fetch it with', ok: false, mend };
}

/** @param {import('../services/home.mjs').Home} home @returns {Promise<Finding>} */
async function webPort(home) {
  const port = portFrom('PORT', 3000);
  const host = process.env.HOST || '127.0.0.1';
  const what = 'web port';
  if (runningOf(home, 'api'))
    return { what, found: `${host}:${port}, in use by the running product`, ok: true };
  if (await isTcpFree(port, host)) return { what, found: `${host}:${port} is free`, ok: true };
  return {
    what,
    found: `${host}:${port} is in use by another program`,
    ok: false,
    mend: `PORT=${port + 1} npm start`,
  };
}

/** @param {import('../services/home.mjs').Home} home @returns {Promise<Finding>} */
async function sipPort(home) {
  const port = trunkPort();
  const what = 'SIP trunk port';
  if (process.env.ASTERISK_HTTP_URL) return { what, found: 'set where Asterisk runs', ok: true };
  const ours = runningOf(home, 'asterisk') && portsOf(home).trunk === port;
  if (ours) return { what, found: `UDP ${port}, in use by the running product`, ok: true };
  if (await isUdpFree(port)) return { what, found: `UDP ${port} is free`, ok: true };
  const mend = `SIP_TRUNK_PORT=${port + 2} npm start`;
  return { what, found: `UDP ${port} is in use by another program`, ok: false, mend };
}

/** @param {import('../services/home.mjs').Home} home @returns {Finding} */
function space(home) {
  const { bavail, bsize } = statfsSync(home.root);
  const free = Math.floor((bavail * bsize) / 1e6);
  const ok = free > 1000;
  return { what: 'disk space', found: `${free} MB free`, ok, mend: ok ? undefined : 'Free at least 1 GB.' };
}

/** @param {import('../services/home.mjs').Home} home @returns {Promise<Finding[]>} */
async function running(home) {
  const servers = (await stateOf(home)).map(({ label, elsewhere, pid, answers }) => ({
    what: `${label} now`,
    found: elsewhere
      ? 'runs elsewhere'
      : answers
        ? `answers (process ${pid})`
        : 'not running; npm start starts it',
    ok: true,
  }));
  const version = JSON.parse(readFileSync(join(CHECKOUT, 'package.json'), 'utf8')).version ?? 'unknown';
  const data = existsSync(home.postgres) ? 'a demo has been made' : 'no demo made yet';
  return [
    { what: 'home', found: `${home.root}, ${data}`, ok: true },
    { what: 'Sanling', found: version, ok: true },
    ...servers,
  ];
}
