import { homeFrom, prepareHome } from '../../tools/services/home.mjs';
import { administratorBehind } from '../../tools/services/postgres-database.mjs';
import { up } from '../../tools/services/services.mjs';
import { enter } from '../../tools/services/users.mjs';
import { chooseTestTrunk } from '../../tools/testing/test-trunk.mjs';

/** Starts the servers the suites need, or finds those of another run, and puts their settings into the environment. */
export default async function startServices() {
  process.env.SANLING_HOME ||= '.runtime/test';
  const home = homeFrom();
  prepareHome(home);
  await chooseTestTrunk(home);
  enter(home);
  const { env } = await up({ home, say: (line) => console.error(`  ${line}`) });
  Object.assign(process.env, env);
  // Suites make databases of their own, which the product may not.
  process.env.DATABASE_ADMIN_URL ||= administratorBehind(home, process.env.DATABASE_URL ?? '');
}
