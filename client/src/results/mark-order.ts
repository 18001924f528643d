import type { FormItem, Mark, QualityForm } from '@contracts/quality';

export interface ItemMark {
  item: FormItem;
  mark: Mark;
}

/** What an agent should read first: marks below full score, the costliest on top; then those with a word to them. */
export function markOrder(form: QualityForm, marks: readonly Mark[]): { lost: ItemMark[]; kept: ItemMark[] } {
  const pairs = form.items.flatMap((item): ItemMark[] => {
    const mark = marks.find((one) => one.clause === item.clause);
    return mark ? [{ item, mark }] : [];
  });
  const cost = ({ item, mark }: ItemMark) => (mark.score === null ? 0 : item.weight * (1 - mark.score));
  const below = ({ mark }: ItemMark) => mark.score !== null && mark.score < 1;
  return {
    lost: pairs
      .filter(below)
      .sort((a, b) => Number(b.item.fatal) - Number(a.item.fatal) || cost(b) - cost(a)),
    kept: pairs
      .filter((pair) => !below(pair))
      .sort((a, b) => Number(b.mark.reason !== '') - Number(a.mark.reason !== '')),
  };
}
