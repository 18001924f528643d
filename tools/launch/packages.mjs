import { existsSync, mkdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Failure } from '../services/failure.mjs';
import { CHECKOUT } from '../services/home.mjs';
import { run, which } from '../services/shell.mjs';
import { addressedLock } from './addressed-lock.mjs';

const LOCK = join(CHECKOUT, 'package-lock.json');
const ADDRESSED = join(CHECKOUT, 'npm-shrinkwrap.json');
const IN_CHECKOUT = { cwd: CHECKOUT };
// npm writes this last, so a broken installation has none.
const INSTALLED = join(CHECKOUT, 'node_modules/.package-lock.json');

/** Whether the packages on disk are those of the lock file. */
export function packagesAreCurrent() {
  return existsSync(INSTALLED) && statSync(INSTALLED).mtimeMs >= statSync(LOCK).mtimeMs;
}

/**
 * Installs the packages when the lock file is newer than what is there.
 * @param {{ log: string, say: (line: string) => void }} options
 */
export async function installPackages({ log, say }) {
  if (packagesAreCurrent()) return;
  const npm = which('npm');
  if (!npm)
    throw new Failure(
      'npm was not found on the PATH.',
      "Install it with Node (nodejs.org), or from your system's packages.",
    );
  say('installing packages with npm (a minute or two the first time)');
  // The build needs the development packages, whatever NODE_ENV says.
  const how = ['--include=dev', '--no-audit', '--no-fund', '--loglevel=error', '--fetch-retries=2'];
  const { ok, out, err } =
    (await installQuickly(npm, how)) ?? (await run(npm, ['install', ...how], IN_CHECKOUT));
  mkdirSync(join(log, '..'), { recursive: true });
  writeFileSync(log, `${out}\n${err}`);
  if (!ok) throw npmFailure(`${out}\n${err}`, log);
  const now = new Date();
  utimesSync(INSTALLED, now, now);
}

/**
 * Where packages lie is left out of our lock file. npm would look each up in the registry's description of it, some of
 * them megabytes long, which takes longer than all the rest; most registries keep them where one can reckon. Where this one
 * does not, the long way is gone: undefined.
 * @param {string} npm
 * @param {string[]} how
 */
async function installQuickly(npm, how) {
  const { ok: known, out: registry } = await run(npm, ['config', 'get', 'registry'], IN_CHECKOUT);
  if (!known) return undefined;
  try {
    // npm reads this before the lock file.
    writeFileSync(ADDRESSED, addressedLock(readFileSync(LOCK, 'utf8'), registry.trim()));
    const installed = await run(npm, ['ci', ...how], IN_CHECKOUT);
    return installed.ok ? installed : undefined;
  } finally {
    rmSync(ADDRESSED, { force: true });
  }
}

/** @param {string} text @param {string} log */
function npmFailure(text, log) {
  if (/ENOSPC|no space left/i.test(text))
    return new Failure('The disk is full.', 'Free some space and start again.');
  if (/ENOTFOUND|EAI_AGAIN|ETIMEDOUT|ECONNREFUSED|ECONNRESET|ENETUNREACH|network/i.test(text)) {
    return new Failure(
      'npm could not reach its registry.',
      'Check the network (or npm config get registry) and start again.',
    );
  }
  const reason = text.split('\n').find((line) => /npm (error|ERR!)/.test(line)) ?? 'no reason given';
  return new Failure(`npm install failed: ${reason.replace(/npm (error|ERR!)\s*/, '')}.`, `See ${log}.`);
}
