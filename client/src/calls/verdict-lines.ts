import type { Verdict } from '@contracts/verdict';

/** Verdicts of which no two say the same: parts of a clause often find the same thing. */
export function distinctVerdicts(verdicts: readonly Verdict[]): Verdict[] {
  const saying = ({ clause, finding, params }: Verdict) => JSON.stringify([clause, finding, params]);
  return verdicts.filter(
    (verdict, index) => verdicts.findIndex((one) => saying(one) === saying(verdict)) === index,
  );
}

/**
 * Verdicts worth a line under their item: those that found something. Where nothing was found the reason is one short
 * remark beside the title; where a person judges anyway and there is no hint for them, there is nothing to say.
 */
export function verdictLines(verdicts: readonly Verdict[]): {
  lines: Verdict[];
  remark: Verdict | undefined;
} {
  const told = verdicts.filter(({ finding }) => finding !== 'for-inspector');
  const distinct = distinctVerdicts(told);
  const found = distinct.some((verdict) => verdict.outcome !== 'not-determinable');
  return found ? { lines: distinct, remark: undefined } : { lines: [], remark: distinct[0] };
}
