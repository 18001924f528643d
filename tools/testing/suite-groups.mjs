import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CHECKOUT } from '../services/home.mjs';

/** Where jest looks (jest.config.mjs leaves `.runtime` out) and git does not. */
const FOLDER = join(CHECKOUT, 'test/groups');

/** A hook or a limit at a file's top level would hold for every file of its group. */
const standsAlone = /^(?:(?:before|after)(?:All|Each)\(|jest\.(?!setTimeout))/m;

/** As long as the slowest file asks for by itself; a test that needs more says so beside it. */
const LONGEST_TEST_MS = 120_000;

/**
 * Suites of a stage put together. jest loads every package anew for each file that it runs, which costs more than most of
 * our suites; in a group it is loaded once. A file that sets something up outside its `describe` is run by itself.
 * @param {string} stage
 * @param {readonly string[]} folders of the checkout that hold the suites
 * @param {number} count of groups
 * @returns {string[]} the files to run
 */
export function groupSuites(stage, folders, count) {
  const suites = folders.flatMap(suitesBelow).sort();
  const alone = suites.filter((path) => standsAlone.test(readFileSync(path, 'utf8')));
  const together = suites.filter((path) => !alone.includes(path));
  mkdirSync(FOLDER, { recursive: true });
  const groups = Array.from({ length: count }, (_, at) => {
    const path = join(FOLDER, `${stage}-${at + 1}.spec.ts`);
    const imports = together
      .filter((_suite, index) => index % count === at)
      .map((suite) => `import '${suite}';\n`);
    rmSync(path, { force: true });
    writeFileSync(
      path,
      `import { jest } from '@jest/globals';\n${imports.join('')}jest.setTimeout(${LONGEST_TEST_MS});\n`,
    );
    return path;
  });
  return [...groups, ...alone];
}

/** @param {string} folder @returns {string[]} */
function suitesBelow(folder) {
  return readdirSync(join(CHECKOUT, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.spec.ts') && !name.includes('node_modules'))
    .map((name) => join(CHECKOUT, folder, name));
}
