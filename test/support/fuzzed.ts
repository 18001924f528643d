/** The seed of every whole run: a failure is never chance. fast-check prints it with the failure. */
const everyRun = 20_260_302;

/**
 * How long a fuzz runs, and from which seed. `SANLING_FUZZ_SEED` takes another one, `SANLING_FUZZ_TIMES` runs so many times
 * as much: the soak does both.
 */
export function fuzzed(numRuns = 100): { seed: number; numRuns: number } {
  const { SANLING_FUZZ_SEED: seed, SANLING_FUZZ_TIMES: times } = process.env;
  return { seed: seed ? Number(seed) : everyRun, numRuns: numRuns * (times ? Number(times) : 1) };
}
