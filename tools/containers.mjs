import { requireNode } from './launch/node-version.mjs';

requireNode();
const { runTool } = await import('./services/failure.mjs');
const { testContainers } = await import('./testing/containers/containers.mjs');
await runTool(() => testContainers(process.argv.slice(2)));
