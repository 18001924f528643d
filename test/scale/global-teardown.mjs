import { join } from 'node:path';
import { homeFrom } from '../../tools/services/home.mjs';
import { stopRemembered } from '../../tools/services/processes.mjs';
import stopServices from '../support/global-teardown.mjs';

/** The second Asterisk belongs to this run alone; a test may have killed it already. */
export default async function stopTwoNodes() {
  await stopRemembered(homeFrom({ SANLING_HOME: join(homeFrom().root, 'node-b') }), 'asterisk');
  await stopServices();
}
