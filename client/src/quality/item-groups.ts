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
