import { join } from 'node:path';
import { installPackages } from '../../launch/packages.mjs';
import { homeFrom, prepareHome } from '../../services/home.mjs';
import { installTools } from '../debian-tools.mjs';
import { report } from '../outcomes.mjs';
import { processorSeconds, runStage } from '../run-stage.mjs';
import { Engine, whyNoEngine } from './engine.mjs';
import { bringImages, copyTree } from './images.mjs';
import { HOUSE, OUTSIDE, openNetwork } from './network.mjs';

/** What those that make such things take for "left out". */
const NOT_RUN = 77;

const TOOLS = ['dockerd', 'iptables', 'ip', 'nsenter', 'debootstrap', 'chromium', 'openssl', 'baresip'];

/** @type {import('../stages.mjs').Stage} */
const STAGE = {
  name: 'containers',
  lane: 'timed',
  kind: 'playwright',
  config: 'test/containers/playwright.config.ts',
  minutes: 60,
};

/**
 * `npm run test:containers`: the stack of docker-compose.yml in a Docker engine of its own, on a machine of its own that is
 * attacked and called from outside. Takes away what it made but for the images, which the next run needs.
 * @param {string[]} only these files
 * @returns {Promise<number>} the exit code; 77: not run
 */
export async function testContainers(only) {
  const reason = whyNoEngine();
  if (reason) {
    console.log(`containers: not run, ${reason}`);
    return NOT_RUN;
  }
  process.env.SANLING_HOME = process.env.SANLING_CONTAINERS_HOME || '.runtime/containers';
  const home = homeFrom();
  prepareHome(home);
  const say = (/** @type {string} */ line) => console.log(line);
  await installPackages({ log: join(home.log, 'npm.log'), say });
  await installTools(TOOLS, say);
  const engine = new Engine(home);
  const tree = join(home.root, 'tree');
  const startedAt = Date.now();
  await engine.stop();
  const closeNetwork = await openNetwork();
  try {
    await engine.start();
    await copyTree(tree);
    await bringImages(engine, tree, say);
    const env = { ...engine.env, SANLING_TREE: tree, ...addresses() };
    const count = await runStage({ ...STAGE, args: only }, { env, results: join(home.root, 'results') });
    const seconds = (Date.now() - startedAt) / 1000;
    return report([{ ...count, name: STAGE.name, seconds, processor: processorSeconds() }]);
  } finally {
    await engine.stop();
    await closeNetwork();
  }
}

const addresses = () => ({
  HOUSE_ADDRESS: HOUSE.address,
  HOUSE_ADDRESS_6: HOUSE.address6,
  HOUSE_NAMESPACE: HOUSE.name,
  CARRIER_ADDRESS: OUTSIDE.carrier,
  STRANGER_ADDRESS: OUTSIDE.stranger,
  STRANGER_ADDRESS_6: OUTSIDE.stranger6,
});
