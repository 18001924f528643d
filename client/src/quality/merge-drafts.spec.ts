import type { Mark } from '@contracts/quality';
import { expect, test } from '@jest/globals';
import { mergeDrafts } from './merge-drafts';
import type { Draft } from './score-draft';

const mark = (clause: string, score: number): Mark => ({ clause, score, decision: 'scored', reason: '' });
const draft = (revision: number, marks: Mark[], more: Partial<Draft> = {}): Draft => ({
  marks,
  notes: [],
  summary: '',
  revision,
  ...more,
});
const scores = ({ marks }: Draft) => Object.fromEntries(marks.map(({ clause, score }) => [clause, score]));

test('what each of us changed alone is kept, on top of their revision', () => {
  const base = draft(1, [mark('1', 1), mark('2', 1)]);
  const { draft: merged, disputed } = mergeDrafts(
    base,
    draft(1, [mark('1', 0), mark('2', 1)]),
    draft(2, [mark('1', 1), mark('2', 0.5), mark('3', 1)]),
  );
  expect(scores(merged)).toEqual({ '1': 0, '2': 0.5, '3': 1 });
  expect(merged.revision).toBe(2);
  expect(disputed).toEqual([]);
});

test('what we both changed differently is named, and mine is kept', () => {
  const base = draft(1, [mark('1', 1)]);
  const merged = mergeDrafts(base, draft(1, [mark('1', 0)]), draft(2, [mark('1', 0.5)]));
  expect(scores(merged.draft)).toEqual({ '1': 0 });
  expect(merged.disputed).toEqual(['1']);
});

test('the same change by both is no dispute', () => {
  const merged = mergeDrafts(draft(1, []), draft(1, [mark('1', 1)]), draft(2, [mark('1', 1)]));
  expect(merged.disputed).toEqual([]);
});

test('what I removed stays removed unless they changed it', () => {
  const note = { id: 'n', atMs: 1_000, text: 'early' };
  const base = draft(1, [], { notes: [note] });
  expect(mergeDrafts(base, draft(1, []), base).draft.notes).toEqual([]);
});

test('two summaries are both kept', () => {
  const base = draft(1, [], { summary: 'old' });
  const { draft: merged } = mergeDrafts(
    base,
    draft(1, [], { summary: 'mine' }),
    draft(2, [], { summary: 'theirs' }),
  );
  expect(merged.summary).toBe('theirs\nmine');
});
