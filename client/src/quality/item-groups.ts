import { proposalFor } from '@contracts/proposal';
import type { FormItem } from '@contracts/quality';
import type { Verdict } from '@contracts/verdict';

/** The form as it is shown and walked through: proposed items first, then those that only a person can score. */
export interface ItemGroups {
  proposed: FormItem[];
  human: FormItem[];
}

/** Made once for a page: a verdict that comes in later changes an item where it stands, it does not move it. */
export function groupItems(items: readonly FormItem[], verdicts: readonly Verdict[]): ItemGroups {
  const proposed = (item: FormItem) =>
    item.kind === 'automatic' && proposalFor(item.clause, verdicts).score !== undefined;
  return { proposed: items.filter(proposed), human: items.filter((item) => !proposed(item)) };
}

/**
 * Verdicts worth a line under their item: those that found something. Where nothing was found the reason is one short
 * remark beside the title; where a person judges anyway there is nothing to say.
 */
export function verdictLines(verdicts: readonly Verdict[]): {
  lines: Verdict[];
  remark: Verdict | undefined;
} {
  const told = verdicts.filter((verdict) => verdict.outcome !== 'for-inspector');
  const alike = (a: Verdict, b: Verdict) =>
    a.finding === b.finding && JSON.stringify(a.params) === JSON.stringify(b.params);
  const distinct = told.filter((verdict, index) => told.findIndex((one) => alike(one, verdict)) === index);
  const found = distinct.some((verdict) => verdict.outcome !== 'not-determinable');
  return found ? { lines: distinct, remark: undefined } : { lines: [], remark: distinct[0] };
}
