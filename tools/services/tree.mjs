import { createHash } from 'node:crypto';
import { accessSync, constants, existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { unpackDebian } from './debian.mjs';
import { withLock } from './lock.mjs';

// Raised when the same packages would be unpacked in another way.
const RECIPE = 1;

/**
 * The folder with these packages unpacked: kept outside the checkout so that a fresh clone finds it again.
 * @param {import('./home.mjs').Home} home
 * @param {string[]} packages
 * @param {(line: string) => void} say
 */
export async function treeWith(home, packages, say) {
  const name = treeName(packages);
  const cache = cacheFolder(home);
  const ready = [join(cache, name), join(home.root, name)].find((path) => existsSync(path));
  if (ready) return ready;
  const tree = join(cache, name);
  await withLock(cache, async () => {
    // What a launcher left that was killed while unpacking.
    for (const part of readdirSync(cache).filter((entry) => entry.endsWith('.part'))) {
      rmSync(join(cache, part), { recursive: true, force: true });
    }
    // Another launcher may have unpacked it while this one waited.
    if (!existsSync(tree)) await unpackDebian({ packages, into: tree, say });
  });
  return tree;
}

/** The tree if it has been unpacked already. @param {import('./home.mjs').Home} home @param {string[]} packages */
export function existingTree(home, packages) {
  const name = treeName(packages);
  return [join(cacheFolder(home), name), join(home.root, name)].find((path) => existsSync(path));
}

/** @param {string[]} packages */
function treeName(packages) {
  return createHash('sha256')
    .update(JSON.stringify([RECIPE, process.arch, ...packages]))
    .digest('hex')
    .slice(0, 16);
}

/** @param {import('./home.mjs').Home} home */
function cacheFolder(home) {
  const folder = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'sanling');
  try {
    mkdirSync(folder, { recursive: true });
    accessSync(folder, constants.W_OK);
    return folder;
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : '';
    if (!['EACCES', 'EROFS', 'EPERM', 'ENOTDIR'].includes(String(code))) throw error;
    return home.root;
  }
}

/**
 * How to run a program of the tree: by the tree's own loader, with the tree's own libraries.
 * @param {string} tree
 * @param {string} program path inside the tree
 * @param {string[]} args
 */
export function inTree(tree, program, args) {
  const libraries = join(tree, 'usr/lib');
  const triplet = readdirSync(libraries).find((name) => existsSync(join(libraries, name, 'libc.so.6')));
  if (!triplet) throw new Error(`no C library in ${tree}`);
  const folder = join(libraries, triplet);
  const loader = readdirSync(folder).find((name) => /^ld-linux.*\.so/.test(name));
  if (!loader) throw new Error(`no loader in ${folder}`);
  const path = join(tree, program);
  return {
    command: join(folder, loader),
    args: ['--library-path', `${folder}:${libraries}`, '--argv0', path, path, ...args],
    libraries: folder,
  };
}
