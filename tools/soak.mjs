import { requireNode } from './launch/node-version.mjs';

requireNode();
const { runTool } = await import('./services/failure.mjs');
const { soak } = await import('./testing/soak.mjs');
await runTool(() => soak());
