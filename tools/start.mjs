import { requireNode } from './launch/node-version.mjs';

requireNode();
// Loaded only now: these files use what an old Node does not have.
const { runTool } = await import('./services/failure.mjs');
const { start } = await import('./launch/start.mjs');
await runTool(() => start(process.argv.slice(2)));
