import { requireNode } from './launch/node-version.mjs';

requireNode();
const { runTool } = await import('./services/failure.mjs');
const { takeScreenshots } = await import('./screenshots/take.mjs');
await runTool(() => takeScreenshots());
