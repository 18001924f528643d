import type { Proposal } from '@contracts/proposal';
import type { FormItem } from '@contracts/quality';
import type { Verdict } from '@contracts/verdict';
import { describe, expect, test } from '@jest/globals';
import {
  acceptAll,
  acceptProposal,
  draftOf,
  markFor,
  openItems,
  overturnProposal,
  scoreItem,
  sendable,
  withNote,
} from './score-draft';

const item = (clause: string, kind: FormItem['kind'] = 'human'): FormItem => ({
  clause,
  kind,
  title: { zh: clause, en: clause },
  weight: 5,
  fatal: false,
});
const verdict = (clause: string, outcome: Verdict['outcome']): Verdict => ({
  clause,
  part: '',
  outcome,
  finding: 'hold.none',
  params: {},
  evidence: [],
});
const failed: Proposal = { outcome: 'fail', score: 0, verdicts: [] };
const undecided: Proposal = { outcome: 'not-determinable', score: undefined, verdicts: [] };
const empty = draftOf(null);

describe('a proposal', () => {
  test('accepted, becomes the mark', () => {
    expect(markFor(acceptProposal(empty, '24.14', failed), '24.14')).toMatchObject({
      score: 0,
      decision: 'accepted',
    });
  });
  test('overturned, turns to the other end and asks for a reason', () => {
    expect(markFor(overturnProposal(empty, '24.14', failed), '24.14')).toMatchObject({
      score: 1,
      decision: 'overturned',
      reason: '',
    });
  });
  test('that is none can be neither accepted nor overturned', () => {
    expect(acceptProposal(empty, '4', undecided)).toBe(empty);
    expect(overturnProposal(empty, '4', undecided)).toBe(empty);
  });
  test('scored otherwise is overturned, scored alike is accepted', () => {
    const automatic = item('24.14', 'automatic');
    expect(markFor(scoreItem(empty, automatic, 0.5, failed), '24.14')?.decision).toBe('overturned');
    expect(markFor(scoreItem(empty, automatic, 0, failed), '24.14')?.decision).toBe('accepted');
    expect(markFor(scoreItem(empty, automatic, 0.5, undecided), '24.14')?.decision).toBe('scored');
  });
});

test('accepting all leaves what was decided and what nobody can propose', () => {
  const items = [item('1'), item('24.13', 'automatic'), item('24.14', 'automatic'), item('9', 'automatic')];
  const verdicts = [verdict('24.13', 'pass'), verdict('24.14', 'fail'), verdict('9', 'not-determinable')];
  const before = overturnProposal(empty, '24.14', failed);
  const after = acceptAll(before, items, verdicts);
  expect(after.marks.map(({ clause, decision }) => [clause, decision])).toEqual([
    ['24.14', 'overturned'],
    ['24.13', 'accepted'],
  ]);
});

test('the server decides which marks suffice; the client knows those without one', () => {
  const items = [item('1'), item('2'), item('3')];
  const draft = scoreItem(scoreItem(empty, item('1'), 1, undecided), item('2'), null, undecided);
  const gaps = (serverOpen: string[] | null) =>
    openItems(items, draft, serverOpen).map((one) => [one.item.clause, one.gap]);
  expect(gaps(null)).toEqual([['3', 'unmarked']]);
  expect(gaps(['1', '3'])).toEqual([
    ['1', 'look-again'],
    ['3', 'unmarked'],
  ]);
});

test('notes stand in the order of the recording; empty ones are not sent', () => {
  const late = withNote(empty, { id: 'b', atMs: 9_000, text: 'late' });
  const both = withNote(withNote(late, { id: 'a', atMs: 1_000, text: 'early' }), {
    id: 'c',
    atMs: 5_000,
    text: ' ',
  });
  expect(both.notes.map((note) => note.id)).toEqual(['a', 'c', 'b']);
  expect(sendable(both).notes.map((note) => note.id)).toEqual(['a', 'b']);
});
