import { requireNode } from './launch/node-version.mjs';

requireNode();
// Loaded only now: these files use what an old Node does not have.
const { runTool } = await import('./services/failure.mjs');
const { test } = await import('./testing/test.mjs');
await runTool(() => test(process.argv.slice(2)));
