import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { writeWhole } from './home.mjs';
import { birthOf } from './processes.mjs';

/**
 * Who uses a home's servers right now, so that the last to leave can stop them and nobody stops them earlier.
 * @param {import('./home.mjs').Home} home
 */
const folderOf = (home) => join(home.run, 'users');

/** @param {import('./home.mjs').Home} home */
export function enter(home) {
  writeWhole(join(folderOf(home), String(process.pid)), String(birthOf(process.pid)));
}

/**
 * Leaves, and says whether others are still there.
 * @param {import('./home.mjs').Home} home
 */
export function leave(home) {
  const folder = folderOf(home);
  mkdirSync(folder, { recursive: true });
  rmSync(join(folder, String(process.pid)), { force: true });
  return readdirSync(folder).filter((name) => isAlive(folder, name)).length;
}

/** @param {string} folder @param {string} name */
function isAlive(folder, name) {
  const path = join(folder, name);
  const alive =
    /^\d+$/.test(name) && existsSync(path) && birthOf(Number(name)) === readFileSync(path, 'utf8');
  if (!alive && /^\d+$/.test(name)) rmSync(path, { force: true });
  return alive;
}
