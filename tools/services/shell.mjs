import { execFile } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { asTheUserHasIt } from './private-files.mjs';

/**
 * Runs a program to its end.
 * @param {string} command
 * @param {string[]} args
 * @param {import('node:child_process').ExecFileOptions} [options]
 * @returns {Promise<{ ok: boolean, out: string, err: string }>}
 */
export function run(command, args, options = {}) {
  return new Promise((done) => {
    const how = { maxBuffer: 64_000_000, ...options, encoding: /** @type {const} */ ('utf8') };
    asTheUserHasIt(() =>
      execFile(command, args, how, (error, out, err) => {
        done({ ok: !error, out: String(out), err: String(err) || (error ? error.message : '') });
      }),
    );
  });
}

/**
 * Where a program lies on the PATH (system folders included: servers often live there).
 * @param {string} name
 * @returns {string | undefined}
 */
export function which(name) {
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/local/sbin', '/usr/sbin', '/sbin'];
  return folders.map((folder) => join(folder, name)).find(isExecutable);
}

/** @param {string} path */
function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    // The only answer accessSync gives to "no" is to throw.
    return false;
  }
}
