import { homeFrom, prepareHome } from '../../tools/services/home.mjs';
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
}
