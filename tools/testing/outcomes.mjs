import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeWhole } from '../services/home.mjs';

/** @typedef {import('./run-stage.mjs').Count & { name: string, seconds: number, processor: number }} Outcome `processor`: seconds that its processes worked, without the servers; in a lane of the first process with those lanes that ended meanwhile */

/** @param {import('../services/home.mjs').Home} home */
const fileOf = (home) => join(home.root, 'results/outcomes.json');

/** Leaves the outcomes for the run that began this one. @param {import('../services/home.mjs').Home} home @param {Outcome[]} outcomes */
export function writeOutcomes(home, outcomes) {
  writeWhole(fileOf(home), JSON.stringify(outcomes));
}

/** What a run beside this one left; one that left nothing has failed. @param {import('../services/home.mjs').Home} home @returns {Outcome[]} */
export function readOutcomes(home) {
  if (existsSync(fileOf(home))) return JSON.parse(readFileSync(fileOf(home), 'utf8'));
  return [{ name: 'beside', passed: 0, failed: 1, seconds: 0, processor: 0, note: 'ended without outcomes' }];
}

/** Says how many tests passed, stage by stage. @param {Outcome[]} outcomes @returns {number} the exit code */
export function report(outcomes) {
  console.log(
    `\n${'stage'.padEnd(14)}${'passed'.padStart(8)}${'failed'.padStart(8)}${'seconds'.padStart(10)}${'processor'.padStart(11)}`,
  );
  for (const { name, passed, failed, seconds, processor, note } of outcomes) {
    const figures = [passed, failed].map((number) => String(number).padStart(8)).join('');
    const times = `${seconds.toFixed(1).padStart(10)}${processor.toFixed(0).padStart(11)}`;
    console.log(`${name.padEnd(14)}${figures}${times}${note ? `  ${note}` : ''}`);
  }
  const passed = outcomes.reduce((sum, one) => sum + one.passed, 0);
  const failed = outcomes.reduce((sum, one) => sum + one.failed, 0);
  console.log(`\n${passed} passed, ${failed} failed`);
  return failed === 0 ? 0 : 1;
}
