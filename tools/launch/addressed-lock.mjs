/**
 * A lock file with the address of each package, where registries keep them by custom.
 * @param {string} lock a `package-lock.json` (version 3)
 * @param {string} registry its address
 * @returns {string} the same, to be read by npm
 */
export function addressedLock(lock, registry) {
  const { packages, ...rest } = JSON.parse(lock);
  const addressed = Object.entries(packages).map(([place, entry]) => [
    place,
    addressedAt(place, entry, registry),
  ]);
  return JSON.stringify({ ...rest, packages: Object.fromEntries(addressed) });
}

/**
 * @param {string} place where it goes, e.g. `node_modules/a/node_modules/@scope/b`
 * @param {{ name?: string, version?: string, resolved?: string, link?: boolean }} entry
 * @param {string} registry
 */
function addressedAt(place, entry, registry) {
  const { version, resolved, link } = entry;
  if (!place.includes('node_modules/') || !version || resolved || link) return entry;
  // An alias is kept under the name that it stands for.
  const name = entry.name ?? place.split('node_modules/').at(-1) ?? '';
  const file = `${name.split('/').at(-1)}-${version}.tgz`;
  return { ...entry, resolved: new URL(`${name}/-/${file}`, `${registry.replace(/\/*$/, '')}/`).href };
}
