import { describe, expect, it } from '@jest/globals';
import { type PolicyDocument, policyDocumentSchema } from '../../contracts/policy.js';
import { policyFaults } from '../domain/policy-faults.js';
import { defaultPolicy } from './default-policy.js';

const upTo = (chapter: number, last: number) =>
  Array.from({ length: last }, (_, index) => `${chapter}.${index + 1}`);
/** The house's own numbering. */
const numbering = [
  ...Array.from({ length: 22 }, (_, index) => `${index + 1}`),
  ...upTo(23, 15),
  ...upTo(24, 14),
  '25',
  ...upTo(26, 9),
  ...upTo(27, 2),
];

describe('the standard as shipped', () => {
  it('keeps its contract and contradicts nothing', () => {
    expect(policyDocumentSchema.parse(defaultPolicy)).toEqual(defaultPolicy);
    expect(policyFaults(defaultPolicy, defaultPolicy)).toEqual([]);
  });

  it('has every clause under its own number, worded in both languages', () => {
    expect(defaultPolicy.clauses.map(({ id }) => id)).toEqual(numbering);
    for (const { title, text } of defaultPolicy.clauses) {
      for (const wording of [title.zh, text.zh]) expect(wording).toMatch(/[一-鿿]/);
      for (const wording of [title.en, text.en]) expect(wording).toMatch(/^[^一-鿿]+$/);
    }
  });

  it('names evidence exactly where something is measured', () => {
    for (const { id, served, evidence } of defaultPolicy.clauses) {
      expect([id, evidence.length > 0]).toEqual([id, served.includes('measured')]);
    }
  });

  it('lets every promised hold end within the minute', () => {
    expect(Math.max(...defaultPolicy.hold.limitChoicesMs)).toBeLessThanOrEqual(defaultPolicy.hold.ceilingMs);
  });
});

describe('a document that contradicts itself', () => {
  const [first, ...others] = defaultPolicy.clauses;
  const changed = (change: Partial<PolicyDocument>) =>
    policyFaults({ ...defaultPolicy, ...change }, defaultPolicy).map(({ path, code }) => `${path}: ${code}`);

  it.each<[string, Partial<PolicyDocument>, string]>([
    ['drops a clause', { clauses: others }, 'clauses.1: clause-missing'],
    ['repeats a clause', { clauses: first ? [first, first, ...others] : [] }, 'clauses.1: repeated'],
    ['weights that are not 100', { clauses: others }, 'clauses: weights-not-100'],
    [
      'an unknown placeholder',
      { closingLines: [{ zh: '{name}再见', en: 'Goodbye' }] },
      'closingLines: placeholder-unknown',
    ],
    [
      'a promise over the ceiling',
      { hold: { ...defaultPolicy.hold, limitChoicesMs: [30_000, 90_000] } },
      'hold.limitChoicesMs: limit-over-ceiling',
    ],
    [
      'day parts out of order',
      { greeting: { ...defaultPolicy.greeting, dayParts: defaultPolicy.greeting.dayParts.toReversed() } },
      'greeting.dayParts: day-parts-order',
    ],
    ['a place that is none', { timeZone: 'Asia/Yelang' }, 'timeZone: time-zone-unknown'],
    [
      'a reason twice',
      {
        hold: {
          ...defaultPolicy.hold,
          reasons: [...defaultPolicy.hold.reasons, ...defaultPolicy.hold.reasons],
        },
      },
      'hold.reasons.check-record: repeated',
    ],
  ])('%s', (_what, change, fault) => {
    expect(changed(change)).toContain(fault);
  });
});
