import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { fuzzed } from '../../../test/support/fuzzed.js';
import type { FormItem, Mark } from '../../contracts/quality.js';
import type { Verdict, VerdictOutcome } from '../../contracts/verdict.js';
import { defaultPolicy } from '../../standard/policy/default-policy.js';
import { formItems } from './default-form.js';
import { score, strayMarks } from './scoring.js';

const item = (clause: string, weight: number, more: Partial<FormItem> = {}): FormItem => ({
  clause,
  title: { zh: clause, en: clause },
  weight,
  fatal: false,
  kind: 'human',
  ...more,
});
const mark = (clause: string, share: number | null, more: Partial<Mark> = {}): Mark => ({
  clause,
  score: share,
  decision: 'scored',
  reason: '',
  ...more,
});
const verdict = (clause: string, outcome: VerdictOutcome): Verdict => ({
  clause,
  part: '',
  outcome,
  finding: 'in-progress',
  params: {},
  evidence: [],
});
const form = [item('1', 30), item('2', 10), item('3', 60)];

describe('the total', () => {
  it('is the share of the weights reached', () => {
    expect(score(form, [mark('1', 1), mark('2', 0.5), mark('3', 0.5)], []).total).toBe(65);
  });

  it('leaves out what does not apply', () => {
    expect(score(form, [mark('1', 1), mark('2', 0), mark('3', null)], []).total).toBe(75);
  });

  it('is to the tenth', () => {
    expect(score([item('1', 1), item('2', 2)], [mark('1', 1), mark('2', 0)], []).total).toBe(33.3);
  });

  it('is none while an item is open, or when nothing applies', () => {
    expect(score(form, [mark('1', 1)], [])).toMatchObject({ total: null, openItems: ['2', '3'] });
    expect(score([item('1', 5)], [mark('1', null)], []).total).toBeNull();
  });

  it('is 0 when a fatal item fails, and only then', () => {
    const fatal = [item('1', 99), item('24.10', 1, { fatal: true })];
    expect(score(fatal, [mark('1', 1), mark('24.10', 0)], [])).toMatchObject({
      total: 0,
      fatalFailed: ['24.10'],
    });
    expect(score(fatal, [mark('1', 1), mark('24.10', 0.5)], [])).toMatchObject({
      total: 99.5,
      fatalFailed: [],
    });
    expect(score(fatal, [mark('1', 1), mark('24.10', null)], []).total).toBe(100);
  });

  it('stays between 0 and 100, and no better mark lowers it', () => {
    const shares = fc.constantFrom(0, 0.25, 0.5, 0.75, 1);
    fc.assert(
      fc.property(shares, shares, shares, shares, (one, two, three, better) => {
        const at = (first: number) =>
          score(form, [mark('1', first), mark('2', two), mark('3', three)], []).total;
        const [lower, higher] = [Math.min(one, better), Math.max(one, better)];
        expect(at(lower)).toBeGreaterThanOrEqual(0);
        expect(at(higher)).toBeLessThanOrEqual(100);
        expect(at(higher) ?? 0).toBeGreaterThanOrEqual(at(lower) ?? 0);
      }),
      fuzzed(),
    );
  });
});

describe('an automatic item', () => {
  const automatic = [item('27.2', 5, { kind: 'automatic' })];
  const open = (given: Mark, outcome: VerdictOutcome) =>
    score(automatic, [given], [verdict('27.2', outcome)]).openItems.length > 0;

  it.each<[string, Mark, VerdictOutcome, boolean]>([
    ['accepted as proposed', mark('27.2', 0, { decision: 'accepted' }), 'fail', false],
    ['accepted as not applicable', mark('27.2', null, { decision: 'accepted' }), 'not-applicable', false],
    ['accepted, but another proposal stands now', mark('27.2', 1, { decision: 'accepted' }), 'fail', true],
    [
      'accepted where nothing is proposed',
      mark('27.2', 1, { decision: 'accepted' }),
      'not-determinable',
      true,
    ],
    [
      'overturned with a reason',
      mark('27.2', 1, { decision: 'overturned', reason: '客户要求' }),
      'fail',
      false,
    ],
    ['overturned without one', mark('27.2', 1, { decision: 'overturned', reason: ' x ' }), 'fail', true],
    ['scored where nothing is proposed', mark('27.2', 0.5), 'not-determinable', false],
    ['scored against a proposal that came later', mark('27.2', 1), 'fail', true],
    ['scored as proposed', mark('27.2', 0), 'fail', false],
  ])('%s', (_what, given, outcome, expected) => {
    expect(open(given, outcome)).toBe(expected);
  });
});

describe('the form of a policy', () => {
  it('asks for every clause that counts or is fatal, in order, and weighs 100', () => {
    const items = formItems(defaultPolicy);
    expect(items.reduce((sum, { weight }) => sum + weight, 0)).toBe(100);
    expect(items.find(({ clause }) => clause === '26.1')?.kind).toBe('automatic');
    expect(items.find(({ clause }) => clause === '1')?.kind).toBe('human');
    expect(items.some(({ clause }) => clause === '27.2')).toBe(false);
  });

  it('knows marks that it did not ask for', () => {
    expect(strayMarks(form, [mark('1', 1), mark('9', 1), mark('2', 1), mark('2', 0)])).toEqual(['9', '2']);
  });
});
