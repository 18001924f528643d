import { join } from 'node:path';
import { homeFrom } from '../../tools/services/home.mjs';
import { stopRemembered } from '../../tools/services/processes.mjs';
import stopServices from '../support/global-teardown.mjs';
import { stopEdge } from './edge.mjs';

/** The edge and the second Asterisk belong to this run alone; a test may have killed it already. */
export default async function stopTwoNodes() {
  const home = homeFrom({ SANLING_HOME: join(homeFrom().root, 'node-b') });
  await stopEdge(home);
  await stopRemembered(home, 'asterisk');
  await stopServices();
}
