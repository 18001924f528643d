import { expect, test } from '@jest/globals';
import { peakColumns } from './peak-columns';

const rounded = (columns: Float32Array) => [...columns].map((value) => Math.round(value * 100) / 100);

test('a column shows the loudest of its stretch', () => {
  const columns = peakColumns([0.1, 0.9, 0.2, 0.3], 2, { fromMs: 0, untilMs: 2_000 }, 2);
  expect(rounded(columns)).toEqual([0.9, 0.3]);
});

test('nothing is drawn before and after the recording', () => {
  const columns = peakColumns([0.5, 0.5], 1, { fromMs: -2_000, untilMs: 4_000 }, 6);
  expect(rounded(columns)).toEqual([0, 0, 0.5, 0.5, 0, 0]);
});

test('more pixels than peaks leave no gaps', () => {
  const columns = peakColumns([0.4, 0.8], 1, { fromMs: 0, untilMs: 2_000 }, 8);
  expect(rounded(columns)).toEqual([0.4, 0.4, 0.4, 0.4, 0.8, 0.8, 0.8, 0.8]);
});
