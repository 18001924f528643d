import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { fuzzed } from '../../../test/support/fuzzed.js';
import { defaultRules } from '../default-rules.js';
import { leadsBack, mayDial } from './may-dial.js';
import { digitsOf, normalise } from './normalise.js';

const house = '010';

const numbers: [string, string, string][] = [
  ['138 1234 6021', '13812346021', 'mobile'],
  ['013812346021', '13812346021', 'mobile'],
  ['+86 138-1234-6021', '13812346021', 'mobile'],
  ['0086 138 1234 6021', '13812346021', 'mobile'],
  ['１３８１２３４６０２１', '13812346021', 'mobile'],
  ['6554 0000', '01065540000', 'local'],
  ['(010) 6554-0000', '01065540000', 'local'],
  ['+86 10 6554 0000', '01065540000', 'local'],
  ['5168 0000', '01051680000', 'local'],
  ['021-5432 1000', '02154321000', 'national'],
  ['0755 8888 6666', '075588886666', 'national'],
  ['400 820 8820', '4008208820', 'toll-free'],
  ['800 810 1234', '8008101234', 'toll-free'],
  ['110', '110', 'emergency'],
  ['114', '114', 'service'],
  ['10086', '10086', 'service'],
  ['95588', '95588', 'service'],
  ['8101', '8101', 'internal'],
  ['+1 (212) 555-2368', '+12125552368', 'international'],
  ['0044 20 7946 0018', '+442079460018', 'international'],
  ['00852 2123 4567', '+85221234567', 'international'],
];

/** What somebody tries who wants the house to pay. */
const tricks: string[] = [
  '+1 900 555 0123',
  '00 1 900 555 0123',
  '+00 1 900 555 0123',
  '０08613800138000 5'.replace(' 5', '5'),
  '16812345',
  '010 168 12345',
  '16088123',
  '1349 123 4567',
  '1740 123 4567',
  '17909 00 1 212 555 2368',
  '12593 0044 20 7946 0018',
  '9 00 1 212 555 2368',
  '+881 6 1234 5678',
  '+882 13 123456',
  '+8810 123 456789',
  '\u200e+1\u200f 212 555 2368',
];

describe('numbers', () => {
  it.each(numbers)('%s is %s, %s', (typed, number, destination) => {
    expect(normalise(typed, house)).toMatchObject({ number, destination });
  });

  it.each([
    '',
    '   ',
    '00',
    '00(1',
    'abc',
    '138 1234 602x',
    '1',
    '++8613812346021',
    '138123460211382346021',
    "'; drop",
    '1*2#',
  ])('refuses %j', (typed) => {
    expect(normalise(typed, house)).toBeUndefined();
  });

  it.each(tricks)('an agent may not dial %s', (typed) => {
    const dialled = normalise(typed, house);
    expect(dialled === undefined || !mayDial(defaultRules, 'agent', dialled)).toBe(true);
  });

  it('gives nothing but digits, and the same again', () => {
    const typed = fc.oneof(
      fc.string(),
      fc.stringMatching(/^[+0-9 ()-]{1,24}$/),
      fc.integer({ min: 10, max: 99_999_999_999 }).map(String),
    );
    fc.assert(
      fc.property(typed, (text) => {
        const dialled = normalise(text, house);
        if (!dialled) return;
        expect(dialled.number).toMatch(/^\+?\d{2,20}$/);
        expect(digitsOf(dialled.number)).toBe(dialled.number);
        expect(normalise(dialled.number, house)).toMatchObject({
          number: dialled.number,
          destination: dialled.destination,
        });
      }),
      fuzzed(1_000),
    );
  });
});

describe('who may dial what', () => {
  const mobile = { number: '13812346021', display: '', destination: 'mobile' } as const;
  const abroad = { number: '+85221234567', display: '', destination: 'international' } as const;

  it('knows roles, allowed and denied beginnings', () => {
    expect(mayDial(defaultRules, 'agent', mobile)).toBe(true);
    expect(mayDial(defaultRules, 'inspector', mobile)).toBe(false);
    expect(mayDial(defaultRules, 'agent', abroad)).toBe(false);
    const roles = [{ role: 'agent' as const, destinations: [], allowed: ['+852'] }];
    expect(mayDial({ ...defaultRules, roles }, 'agent', abroad)).toBe(true);
    expect(mayDial({ ...defaultRules, roles, denied: ['+85221'] }, 'agent', abroad)).toBe(false);
    expect(mayDial({ ...defaultRules, roles }, 'agent', mobile)).toBe(false);
  });
});

describe('the house’s own numbers', () => {
  const own = ['65540000', '8000'];
  it.each([
    ['(010) 6554-0000', true],
    ['+86 10 6554 0000', true],
    ['6554 0000', true],
    ['8000', true],
    ['8001', false],
    ['021 6554 0000', false],
    ['138 1234 6021', false],
  ])('%s leads back: %s', (typed, back) => {
    expect(leadsBack(normalise(typed, house)?.number ?? '', own, house)).toBe(back);
  });
});
