import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { closeToOthers, writePrivately } from './private-files.mjs';

/** The checkout this file belongs to. */
export const CHECKOUT = resolve(dirname(fileURLToPath(import.meta.url)), '../..');

/**
 * @typedef {object} Home every path of one running system, all under one folder
 * @property {string} root
 * @property {string} log
 * @property {string} run
 * @property {string} asterisk
 * @property {string} postgres
 * @property {string} redis
 */

/**
 * Where this system keeps its data: `SANLING_HOME`, else `.runtime` in the checkout.
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {Home}
 */
export function homeFrom(env = process.env) {
  const root = resolve(CHECKOUT, env.SANLING_HOME || '.runtime');
  return {
    root,
    log: join(root, 'log'),
    run: join(root, 'run'),
    asterisk: join(root, 'asterisk'),
    postgres: join(root, 'postgres'),
    redis: join(root, 'redis'),
  };
}

/**
 * Makes the home, for its own user only: calls, logs and passwords are in it.
 * @param {Home} home
 */
export function prepareHome(home) {
  writePrivately();
  for (const folder of [home.root, home.log, home.run]) mkdirSync(folder, { recursive: true });
  // PostgreSQL's account passes through to its own folder where root starts it (postgres-account.mjs).
  chmodSync(home.root, process.getuid?.() === 0 ? 0o711 : 0o700);
  for (const folder of [home.log, home.run, home.redis, home.asterisk]) closeToOthers(folder);
  for (const name of ['recordings', 'secrets.json', 'ports.json']) closeToOthers(join(home.root, name));
}

/**
 * Writes a file whole or not at all.
 * @param {string} path
 * @param {string} text
 */
export function writeWhole(path, text) {
  mkdirSync(dirname(path), { recursive: true });
  const draft = `${path}.${process.pid}.${randomBytes(4).toString('hex')}`;
  writeFileSync(draft, text, { mode: 0o600 });
  renameSync(draft, path);
}

/**
 * @param {string} path
 * @returns {Record<string, any>}
 */
export function readJson(path) {
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : {};
}

const SECRETS = [
  'databasePassword',
  'applicationPassword',
  'redisPassword',
  'ariPassword',
  'amiPassword',
  'sessionSecret',
];

/**
 * The home's own secrets, made once. The demo password is short because a person types it.
 * @param {Home} home
 * @returns {Record<string, string>}
 */
export function secretsOf(home) {
  const path = join(home.root, 'secrets.json');
  const known = readJson(path);
  const missing = SECRETS.filter((name) => !known[name]);
  if (missing.length === 0 && known.demoPassword) return known;
  for (const name of missing) known[name] = randomBytes(32).toString('hex');
  known.demoPassword ||= readablePassword();
  writeWhole(path, `${JSON.stringify(known, null, 2)}\n`);
  return known;
}

/**
 * The password of the demo's sign-ins: the setting until the demo has been made, from then on the one it was made with.
 * @param {Home} home
 * @param {NodeJS.ProcessEnv} env
 */
export function demoPasswordOf(home, env) {
  const { demoPassword, demoMade } = secretsOf(home);
  return (!demoMade && env.SANLING_DEMO_PASSWORD) || demoPassword;
}

/** Notes the password the demo was made with. @param {Home} home @param {string} demoPassword */
export function noteDemoMade(home, demoPassword) {
  const secrets = secretsOf(home);
  if (secrets.demoMade) return;
  const noted = { ...secrets, demoPassword, demoMade: 'yes' };
  writeWhole(join(home.root, 'secrets.json'), `${JSON.stringify(noted, null, 2)}\n`);
}

/** Twelve letters and digits that cannot be mistaken for one another when read aloud. */
function readablePassword() {
  const alphabet = 'abcdefghjkmnpqrstuvwxyz23456789';
  const letters = [];
  while (letters.length < 12) {
    const byte = randomBytes(1)[0];
    // Bytes past the last whole run of the alphabet would favour its first letters.
    if (byte < alphabet.length * 8) letters.push(alphabet[byte % alphabet.length]);
  }
  return letters.join('');
}
