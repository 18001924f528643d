import { requireNode } from './launch/node-version.mjs';

requireNode();
// Loaded only now: these files use what an old Node does not have.
const { runTool } = await import('./services/failure.mjs');
const { examine } = await import('./launch/examine.mjs');
await runTool(async () => {
  const findings = await examine();
  for (const { what, found, ok, mend } of findings) {
    console.log(`${ok ? 'ok     ' : 'MISSING'} ${what.padEnd(18)} ${found}`);
    if (mend) console.log(`        -> ${mend}`);
  }
  const missing = findings.filter(({ ok }) => !ok).length;
  console.log(missing === 0 ? '\nEverything needed is there.' : `\n${missing} missing.`);
  return missing === 0 ? 0 : 1;
});
