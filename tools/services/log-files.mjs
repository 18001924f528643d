import { existsSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { wholeNumber } from './counts.mjs';
import { runningOf } from './processes.mjs';

const LOOK_EVERY_MS = 10_000;

/**
 * @typedef {object} LogLimits
 * @property {number} bytes how large a log file may become before it is put aside
 * @property {number} days how long one that was put aside is kept
 * @property {number} files how many of each log are kept
 */

/** @param {NodeJS.ProcessEnv} [env] @returns {LogLimits} */
export function logLimits(env = process.env) {
  return {
    bytes: Number(wholeNumber('SANLING_LOG_MB', 20, env)) * 1_000_000,
    days: Number(wholeNumber('SANLING_LOG_DAYS', 14, env)),
    files: Number(wholeNumber('SANLING_LOG_FILES', 10, env)),
  };
}

/**
 * The folders that logs are in. PostgreSQL runs under an account of its own and writes into its own.
 * @param {import('./home.mjs').Home} home
 */
export const logFolders = (home) => [home.log, join(home.postgres, 'log')];

/**
 * Which files that were put aside are too old or too many. The file that is being written is never among them.
 * @param {{ name: string, at: number }[]} files
 * @param {number} now
 * @param {LogLimits} limits
 */
export function outdated(files, now, { days, files: most }) {
  /** @type {Map<string, { name: string, at: number }[]>} */
  const logs = new Map();
  for (const file of files) {
    const log = logOf(file.name);
    if (log !== undefined) logs.set(log, [...(logs.get(log) ?? []), file]);
  }
  return [...logs].flatMap(([log, all]) => {
    const newestFirst = all.sort((one, other) => other.at - one.at);
    // PostgreSQL gives each of its files a name of its own: the newest is in use.
    const aside = log === 'postgres' ? newestFirst.slice(1) : newestFirst;
    return aside
      .filter(({ at }, index) => index >= most || now - at > days * 86_400_000)
      .map(({ name }) => name);
  });
}

/** The log that a file which was put aside belongs to; undefined: it is none. @param {string} name */
function logOf(name) {
  if (/^postgres-[\d_-]+\.log$/.test(name)) return 'postgres';
  return /^([\w-]+\.log)\.\w+$/.exec(name)?.[1];
}

/**
 * Puts a file aside that is full or of an earlier day; its writer opens the next by itself.
 * @param {string} path
 * @param {number} now
 * @param {LogLimits} limits
 */
export function putAside(path, now, limits) {
  if (isFull(path, now, limits))
    renameSync(path, `${path}.${new Date(now).toISOString().replace(/[-:.]/g, '')}`);
}

/** @param {string} path @param {number} now @param {LogLimits} limits */
function isFull(path, now, { bytes }) {
  if (!existsSync(path)) return false;
  const { size, birthtimeMs } = statSync(path);
  return size > bytes || (size > 0 && dayOf(birthtimeMs) < dayOf(now));
}

/** @param {number} at */
const dayOf = (at) => new Date(at).toISOString().slice(0, 10);

/**
 * Puts aside what is full and removes what is outdated. The API, the worker and PostgreSQL put their files aside by
 * themselves; Redis opens its file for every line; Asterisk is asked to, by the signal that it knows for this.
 * @param {import('./home.mjs').Home} home
 * @param {number} [now]
 * @param {LogLimits} [limits]
 */
export function tidyLogs(home, now = Date.now(), limits = logLimits()) {
  putAside(join(home.log, 'redis.log'), now, limits);
  const full = ['asterisk-messages.log', 'asterisk-security.log'].some((name) =>
    isFull(join(home.log, name), now, limits),
  );
  const asterisk = runningOf(home, 'asterisk');
  if (full && asterisk) process.kill(asterisk.pid, 'SIGXFSZ');
  for (const folder of logFolders(home)) {
    if (!existsSync(folder)) continue;
    const files = readdirSync(folder).map((name) => ({ name, at: statSync(join(folder, name)).mtimeMs }));
    for (const name of outdated(files, now, limits)) rmSync(join(folder, name), { force: true });
  }
}

/**
 * Looks after the logs while the product runs.
 * @param {import('./home.mjs').Home} home
 * @param {(line: string) => void} say
 * @returns {{ stop: () => void }}
 */
export function watchLogs(home, say) {
  const limits = logLimits();
  const timer = setInterval(() => {
    try {
      tidyLogs(home, Date.now(), limits);
    } catch (error) {
      // A full disk or a server that has just gone: the next look tries again.
      say(error instanceof Error ? error.message : String(error));
    }
  }, LOOK_EVERY_MS);
  return { stop: () => clearInterval(timer) };
}
