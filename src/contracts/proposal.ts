import type { Verdict, VerdictOutcome } from './verdict.js';

/** What the evaluator proposes for one clause of the form. `score` is undefined where only a person can decide. */
export interface Proposal {
  outcome: VerdictOutcome;
  score: number | null | undefined;
  verdicts: Verdict[];
}

/**
 * Folds a clause's parts into one proposal. One failed part fails the clause, for the house asks for all of it; an
 * undecided part leaves the rest undecided; parts that do not apply are left out.
 */
export function proposalFor(clause: string, verdicts: readonly Verdict[]): Proposal {
  const own = verdicts.filter((verdict) => verdict.clause === clause);
  const has = (outcome: VerdictOutcome) => own.some((verdict) => verdict.outcome === outcome);
  if (own.length === 0) return { outcome: 'for-inspector', score: undefined, verdicts: own };
  if (has('fail')) return { outcome: 'fail', score: 0, verdicts: own };
  if (has('not-determinable')) return { outcome: 'not-determinable', score: undefined, verdicts: own };
  if (has('for-inspector')) return { outcome: 'for-inspector', score: undefined, verdicts: own };
  if (has('pass')) return { outcome: 'pass', score: 1, verdicts: own };
  return { outcome: 'not-applicable', score: null, verdicts: own };
}
