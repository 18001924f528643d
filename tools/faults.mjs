import { requireNode } from './launch/node-version.mjs';

requireNode();
const { runTool } = await import('./services/failure.mjs');
const { testFaults } = await import('./testing/faults.mjs');
await runTool(() => testFaults());
