import { cpSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { startAsterisk } from '../../tools/services/asterisk.mjs';
import { homeFrom, prepareHome } from '../../tools/services/home.mjs';
import { claimUdpPort, portsOf } from '../../tools/services/ports.mjs';
import { runningOf } from '../../tools/services/processes.mjs';
import { packagesToUnpack } from '../../tools/services/services.mjs';
import { treeWith } from '../../tools/services/tree.mjs';
import { buildProduct } from '../support/built.mjs';
import startServices from '../support/global-setup.mjs';
import { startEdge } from './edge.mjs';

/** The servers of every suite, and an edge and a second Asterisk with a home of its own beneath the first one's. */
export default async function startTwoNodes() {
  await startServices();
  await buildProduct();
  const house = homeFrom();
  const home = homeFrom({ SANLING_HOME: join(house.root, 'node-b') });
  prepareHome(home);
  mkdirSync(home.root, { recursive: true });
  // The Asterisks of a house share their sign-ins.
  cpSync(join(house.root, 'secrets.json'), join(home.root, 'secrets.json'));
  const { asterisk, all } = await packagesToUnpack({});
  const tree = asterisk ? await treeWith(house, all, () => undefined) : undefined;
  const trunk = await claimUdpPort(home, 'trunk', 'asterisk');
  await startAsterisk(home, { tree, trunk, systemName: 'sanling-b' });
  Object.assign(process.env, await startEdge([Number(process.env.SIP_TRUNK_PORT), trunk], home));
  const { asteriskHttp, asteriskAmi } = portsOf(home);
  Object.assign(process.env, {
    NODE_B_HTTP_URL: `http://127.0.0.1:${asteriskHttp}`,
    NODE_B_AMI_PORT: String(asteriskAmi),
    NODE_B_TRUNK_PORT: String(trunk),
    NODE_B_PID: String(runningOf(home, 'asterisk')?.pid),
  });
}
