import { expect, test } from '@jest/globals';
import { between, clockText, secondsText } from './time-text';

test.each([
  [0, '0:00', '0:00.0'],
  [83_400, '1:23', '1:23.4'],
  [3_729_999, '1:02:09', '1:02:09.9'],
  [-40, '0:00', '0:00.0'],
  [-400, '0:00', '−0:00.4'],
  [-4_600, '−0:04', '−0:04.6'],
])('%d ms on an axis', (ms, whole, tenths) => {
  expect(clockText(ms)).toBe(whole);
  expect(clockText(ms, true)).toBe(tenths);
});

test.each([
  [4_200, '4.2'],
  [30_000, '30'],
  [59_960, '60'],
  [71_499, '71'],
])('%d ms in seconds', (ms, text) => {
  expect(secondsText(ms)).toBe(text);
});

test('a length needs both ends', () => {
  expect(between('2026-03-02T01:00:00.000Z', '2026-03-02T01:00:02.500Z')).toBe(2_500);
  expect(between(null, '2026-03-02T01:00:02.500Z')).toBeNull();
});
