import { existsSync, openSync, renameSync, statSync } from 'node:fs';

/** What programs say outside of their logs is little: what kept them from starting, what ended them. */
const LARGE_BYTES = 1_000_000;

/**
 * Opens the file that a program's own output is appended to; a large one is put aside first, in place of the one before.
 * @param {string} path
 */
export function openOutput(path) {
  if (existsSync(path) && statSync(path).size > LARGE_BYTES) renameSync(path, `${path}.1`);
  return openSync(path, 'a', 0o600);
}
