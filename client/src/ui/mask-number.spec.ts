import { expect, it } from '@jest/globals';
import { formatDuration } from './format-duration';
import { maskNumber } from './mask-number';

it.each([
  ['13800006021', '138••••6021'],
  ['+8613800006021', '+86138••••6021'],
  ['02885551234', '028••••1234'],
  ['801', '801'],
  ['', ''],
  ['guest-19f2a685c', '••••685c'],
])('shows %s as %s', (number, shown) => {
  expect(maskNumber(number)).toBe(shown);
});

it.each([
  [-5, '0:00'],
  [41_900, '0:41'],
  [723_000, '12:03'],
  [3_729_000, '1:02:09'],
])('%d ms reads %s', (ms, shown) => {
  expect(formatDuration(ms)).toBe(shown);
});
