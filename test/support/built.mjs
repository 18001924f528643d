import { join } from 'node:path';
import { build } from '../../tools/launch/build.mjs';
import { homeFrom, prepareHome } from '../../tools/services/home.mjs';

/** Builds the product unless it is built from the sources as they are: for suites that start it as it is shipped. */
export async function buildProduct() {
  const home = homeFrom();
  prepareHome(home);
  await build({ log: join(home.log, 'build.log'), say: (line) => console.error(`  ${line}`) });
}
