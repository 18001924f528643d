import { linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { Failure } from './failure.mjs';
import { birthOf } from './processes.mjs';

/**
 * Does something while no other launcher touches the same folder. A lock whose owner has died is taken over.
 * @template T
 * @param {string} folder
 * @param {() => Promise<T>} work
 * @param {number} [withinMs]
 * @returns {Promise<T>}
 */
export async function withLock(folder, work, withinMs = 300_000) {
  const path = join(folder, 'lock');
  const deadline = Date.now() + withinMs;
  while (!tryLock(path)) {
    if (isAbandoned(path)) rmSync(path, { force: true });
    else if (Date.now() > deadline)
      throw new Failure(
        `Another launcher has been busy in ${folder} for long.`,
        `If there is none, remove ${path}.`,
      );
    else await wait(100);
  }
  try {
    return await work();
  } finally {
    rmSync(path, { force: true });
  }
}

/**
 * A hard link appears with its content, so nobody ever reads a half-written lock.
 * @param {string} path
 */
function tryLock(path) {
  const draft = `${path}.${process.pid}`;
  writeFileSync(draft, `${process.pid} ${birthOf(process.pid)}`);
  try {
    linkSync(draft, path);
    return true;
  } catch (error) {
    if (isCode(error, 'EEXIST')) return false;
    throw error;
  } finally {
    rmSync(draft, { force: true });
  }
}

/** @param {string} path */
function isAbandoned(path) {
  try {
    const [pid, born] = readFileSync(path, 'utf8').split(' ');
    return birthOf(Number(pid)) !== born;
  } catch (error) {
    // Released between the two looks.
    if (isCode(error, 'ENOENT')) return false;
    throw error;
  }
}

/** @param {unknown} error @param {string} code */
function isCode(error, code) {
  return error instanceof Error && 'code' in error && error.code === code;
}
