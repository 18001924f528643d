import { expect, it } from '@jest/globals';
import { formatDuration } from './format-duration';

it.each([
  [-5, '0:00'],
  [41_900, '0:41'],
  [723_000, '12:03'],
  [3_729_000, '1:02:09'],
])('%d ms reads %s', (ms, shown) => {
  expect(formatDuration(ms)).toBe(shown);
});
