import type { FormItem, Mark, QualityForm } from '@contracts/quality';
import { expect, test } from '@jest/globals';
import { markOrder } from './mark-order';

const item = (clause: string, weight: number, fatal = false): FormItem => ({
  clause,
  weight,
  fatal,
  kind: 'human',
  title: { zh: clause, en: clause },
});
const mark = (clause: string, score: number | null, reason = ''): Mark => ({
  clause,
  score,
  decision: 'scored',
  reason,
});

test('the agent reads first what cost most; a failed fatal clause before all', () => {
  const form: QualityForm = {
    id: 'f',
    version: 1,
    name: { zh: '', en: '' },
    items: [item('1', 2), item('2', 5), item('3', 1, true), item('4', 3), item('5', 4)],
  };
  const marks = [mark('1', 0), mark('2', 0.5), mark('3', 0), mark('4', 1), mark('5', null, 'praise')];
  const { lost, kept } = markOrder(form, marks);
  expect(lost.map((one) => one.item.clause)).toEqual(['3', '2', '1']);
  expect(kept.map((one) => one.item.clause)).toEqual(['5', '4']);
});
