import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runTool } from './services/failure.mjs';
import { CHECKOUT } from './services/home.mjs';

/**
 * `node tools/notices.mjs` writes NOTICES.md: what of others runs in the product, and under which licence. It is made from
 * package-lock.json alone, so that it is the same on every machine.
 * @typedef {{ version: string, license?: string, dev?: boolean, dependencies?: Record<string, string>, optionalDependencies?: Record<string, string>, peerDependencies?: Record<string, string> }} Locked
 */

/** Packages whose entry names no licence: theirs is in an older form. */
const TOLD_OTHERWISE = { busboy: 'MIT', streamsearch: 'MIT', 'xmlhttprequest-ssl': 'MIT' };
const IMPORTED = /(?:from|import)\s*\(?\s*'((?:@[\w.-]+\/)?[a-z][\w.-]*)/g;
const FOLDER = 'node_modules/';

await runTool(async () => {
  const path = join(CHECKOUT, 'NOTICES.md');
  const text = notices();
  if (process.argv[2] !== '--check') return writeFileSync(path, text);
  if (readFileSync(path, 'utf8') === text) return 0;
  console.error('NOTICES.md is not what package-lock.json says; run node tools/notices.mjs');
  return 1;
});

function notices() {
  const { packages } = JSON.parse(readFileSync(join(CHECKOUT, 'package-lock.json'), 'utf8'));
  const server = closure(packages, Object.keys(packages[''].dependencies));
  const pages = closure(packages, importedByPages(packages));
  const frame = readFileSync(join(import.meta.dirname, 'notices-frame.md'), 'utf8');
  return frame.replace('{{server}}', listed(server)).replace('{{pages}}', listed(pages));
}

/** The packages that the pages are built of. @param {Record<string, Locked>} packages */
function importedByPages(packages) {
  const folder = join(CHECKOUT, 'client/src');
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  const sources = files.filter((file) => /\.tsx?$/.test(file) && !file.endsWith('.spec.ts'));
  const texts = sources.map((file) => readFileSync(join(folder, file), 'utf8'));
  const names = texts.flatMap((text) => [...text.matchAll(IMPORTED)].map(([, name]) => name));
  return [...new Set(names)].filter((name) => packages[FOLDER + name]);
}

/**
 * The named packages and all that they need, by their place in the lock file.
 * @param {Record<string, Locked>} packages
 * @param {string[]} names
 */
function closure(packages, names) {
  /** @type {Map<string, Locked>} */
  const found = new Map();
  const open = names.map((name) => FOLDER + name);
  for (let place = open.pop(); place !== undefined; place = open.pop()) {
    const one = packages[place];
    if (!one || found.has(place)) continue;
    found.set(place, one);
    const needs = { ...one.dependencies, ...one.optionalDependencies };
    open.push(...Object.keys(needs).map((name) => placeOf(packages, String(place), name)));
  }
  return found;
}

/** Where Node finds a package that another asks for. @param {Record<string, Locked>} packages @param {string} from @param {string} name */
function placeOf(packages, from, name) {
  for (let at = from; at !== ''; at = at.slice(0, Math.max(0, at.lastIndexOf(`/${FOLDER}`)))) {
    if (packages[`${at}/${FOLDER}${name}`]) return `${at}/${FOLDER}${name}`;
  }
  return FOLDER + name;
}

/** @param {Map<string, Locked>} found */
function listed(found) {
  /** @type {Map<string, Set<string>>} */
  const byLicence = new Map();
  for (const [place, { version, license }] of found) {
    const name = place.slice(place.lastIndexOf(FOLDER) + FOLDER.length);
    const licence = license ?? TOLD_OTHERWISE[/** @type {keyof typeof TOLD_OTHERWISE} */ (name)] ?? 'unknown';
    byLicence.set(licence, (byLicence.get(licence) ?? new Set()).add(`${name} ${version}`));
  }
  return [...byLicence]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([licence, names]) => `**${licence}**: ${[...names].sort().join(', ')}`)
    .join('\n\n');
}
