import { report } from './outcomes.mjs';
import { STAGES } from './stages.mjs';
import { outcomesOf } from './test.mjs';

/** What takes too long for every change. @type {Record<string, { args: string[], minutes: number }>} */
const LONG = {
  unit: { args: ['--testPathPatterns', 'fuzz|properties'], minutes: 60 },
  e2e: { args: ['--runInBand', '--testPathPatterns', 'many-calls'], minutes: 30 },
};

/**
 * `npm run test:soak`: the fuzzes from a new seed and ten times as long, two hundred calls over the trunk, and an hour
 * (`SANLING_SOAK_MINUTES`) of mixed calls while the servers fail one after the other. Prints calls, faults and leaks.
 * @returns {Promise<number>} the exit code
 */
export async function soak() {
  const minutes = Number(process.env.SANLING_SOAK_MINUTES || 60);
  process.env.SANLING_FUZZ_SEED ||= String(Date.now() % 2 ** 31);
  process.env.SANLING_FUZZ_TIMES ||= '10';
  process.env.SANLING_E2E_CALLS ||= '200';
  console.log(`seed ${process.env.SANLING_FUZZ_SEED} (SANLING_FUZZ_SEED tells this run again)`);
  const known = STAGES.filter(({ name }) => name in LONG || name === 'build').map((stage) => ({
    ...stage,
    ...LONG[stage.name],
    suites: undefined,
    lane: stage.name === 'build' ? /** @type {const} */ ('build') : /** @type {const} */ ('timed'),
  }));
  const mixed = {
    name: 'soak',
    lane: /** @type {const} */ ('timed'),
    kind: /** @type {const} */ ('jest'),
    args: ['--runInBand'],
    minutes: minutes + 15,
  };
  return report(await outcomesOf([...known, mixed]));
}
