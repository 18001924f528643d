import { homeFrom, prepareHome } from '../../tools/services/home.mjs';
import { claimUdpPort } from '../../tools/services/ports.mjs';
import { up } from '../../tools/services/services.mjs';
import { enter } from '../../tools/services/users.mjs';

/** Starts the servers the suites need, or finds those of another run, and puts their settings into the environment. */
export default async function startServices() {
  process.env.SANLING_HOME ||= '.runtime/test';
  const home = homeFrom();
  prepareHome(home);
  // The demo's trunk may be up on the usual port, so tests have one of their own.
  process.env.SIP_TRUNK_PORT ||= String(await claimUdpPort(home, 'trunk', 'asterisk'));
  enter(home);
  const { env } = await up({ home, say: (line) => console.error(`  ${line}`) });
  Object.assign(process.env, env);
}
