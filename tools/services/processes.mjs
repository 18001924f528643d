import { spawn } from 'node:child_process';
import { closeSync, existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { Failure } from './failure.mjs';
import { readJson, writeWhole } from './home.mjs';
import { openOutput } from './output.mjs';

/**
 * @typedef {object} Running what is remembered of a server this home started
 * @property {number} pid
 * @property {string} born the kernel's start time of that process: a reused pid is another process
 */

/** @param {import('./home.mjs').Home} home @param {string} name */
const recordPath = (home, name) => join(home.run, `${name}.json`);

/**
 * When the kernel started this process, or undefined when there is none (a zombie counts as none).
 * @param {number} pid
 * @returns {string | undefined}
 */
export function birthOf(pid) {
  const path = `/proc/${pid}/stat`;
  if (!Number.isInteger(pid) || pid <= 0 || !existsSync(path)) return undefined;
  try {
    const afterName = readFileSync(path, 'utf8').split(') ').slice(-1)[0].split(' ');
    return afterName[0] === 'Z' ? undefined : afterName[19];
  } catch (error) {
    // The process may end between the look and the read.
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ESRCH'))
      return undefined;
    throw error;
  }
}

/**
 * The server's record if its process is still that process.
 * @param {import('./home.mjs').Home} home
 * @param {string} name
 * @returns {Running | undefined}
 */
export function runningOf(home, name) {
  const record = readJson(recordPath(home, name));
  return record.pid && birthOf(record.pid) === record.born ? /** @type {Running} */ (record) : undefined;
}

/**
 * @param {import('./home.mjs').Home} home
 * @param {string} name
 * @param {number} pid
 * @param {Record<string, unknown>} more
 */
export function remember(home, name, pid, more) {
  writeWhole(recordPath(home, name), `${JSON.stringify({ pid, born: birthOf(pid), ...more }, null, 2)}\n`);
}

/**
 * Starts a server that outlives this process, in its own process group, and remembers it at once.
 * @param {import('./home.mjs').Home} home
 * @param {string} name
 * @param {{ command: string, args: string[], env?: NodeJS.ProcessEnv, cwd?: string, uid?: number, gid?: number, ports?: Record<string, number> }} how
 */
export async function startDetached(home, name, how) {
  const output = openOutput(join(home.log, `${name}.log`));
  const child = spawn(how.command, how.args, {
    cwd: how.cwd ?? home.root,
    env: how.env ?? process.env,
    uid: how.uid,
    gid: how.gid,
    detached: true,
    stdio: ['ignore', output, output],
  });
  closeSync(output);
  await new Promise((started, failed) => {
    child.once('spawn', started);
    child.once('error', (error) => failed(new Failure(`${name} could not be started: ${error.message}.`)));
  });
  child.unref();
  if (child.pid === undefined) throw new Failure(`${name} could not be started.`);
  remember(home, name, child.pid, { ports: how.ports ?? {} });
  return child.pid;
}

/**
 * Waits until a server answers; gives up early when its process has gone.
 * @param {import('./home.mjs').Home} home
 * @param {string} name
 * @param {() => Promise<boolean>} answers
 * @param {number} [withinMs]
 */
export async function untilAnswers(home, name, answers, withinMs = 30_000) {
  const deadline = Date.now() + withinMs;
  for (;;) {
    if (await answers()) return;
    const log = join(home.log, `${name}.log`);
    if (!runningOf(home, name))
      throw new Failure(`${name} stopped while starting: ${lastLine(log)}`, `See ${log}.`);
    if (Date.now() > deadline)
      throw new Failure(`${name} did not answer within ${withinMs / 1000} s.`, `See ${log}.`);
    await wait(50);
  }
}

/** @param {string} path */
function lastLine(path) {
  const lines = existsSync(path) ? readFileSync(path, 'utf8').trim().split('\n') : [];
  return lines.at(-1)?.slice(0, 300) || 'it said nothing.';
}

/**
 * Ends a process this home remembers, kindly first.
 * @param {import('./home.mjs').Home} home
 * @param {string} name
 * @param {{ signal?: NodeJS.Signals, patienceMs?: number }} [how]
 * @returns {Promise<boolean>} whether there was one to end
 */
export async function stopRemembered(home, name, { signal = 'SIGTERM', patienceMs = 10_000 } = {}) {
  const running = runningOf(home, name);
  if (running) {
    signalIfAlive(running, signal);
    const deadline = Date.now() + patienceMs;
    while (birthOf(running.pid) === running.born) {
      if (Date.now() > deadline) signalIfAlive(running, 'SIGKILL');
      await wait(25);
    }
  }
  rmSync(recordPath(home, name), { force: true });
  return Boolean(running);
}

/** @param {Running} running @param {NodeJS.Signals} signal */
function signalIfAlive(running, signal) {
  try {
    process.kill(running.pid, signal);
  } catch (error) {
    // It ended by itself in between.
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}
