import { chmodSync, lstatSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const NOT_FOR_OTHERS = 0o077;
/** @type {number | undefined} */
let given;

/** From now on whatever this process writes, and the servers it starts, is for its own user only. */
export function writePrivately() {
  given ??= process.umask(NOT_FOR_OTHERS);
}

/**
 * Starts something that writes what others may read, as the user of this machine has it: packages, the build.
 * @template T
 * @param {() => T} begin
 */
export function asTheUserHasIt(begin) {
  if (given === undefined) return begin();
  const own = process.umask(given);
  try {
    return begin();
  } finally {
    process.umask(own);
  }
}

/**
 * Takes a folder and all in it from other users: homes made by earlier versions were open to them. One that is closed was
 * closed with all in it, and what came later was written privately.
 * @param {string} path
 */
export function closeToOthers(path) {
  const status = lstatSync(path, { throwIfNoEntry: false });
  if (status && status.mode & NOT_FOR_OTHERS) closeWhole(path);
}

/** The same, for a folder whose files came with modes of their own. @param {string} path */
export function closeWhole(path) {
  const status = lstatSync(path, { throwIfNoEntry: false });
  // A link's own mode says nothing, and what it leads to is not the home's.
  if (!status || status.isSymbolicLink()) return;
  // The folder last: an interrupted run begins again.
  if (status.isDirectory()) for (const name of readdirSync(path)) closeWhole(join(path, name));
  chmodSync(path, status.mode & 0o7700);
}
