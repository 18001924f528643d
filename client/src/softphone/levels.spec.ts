import { describe, expect, it } from '@jest/globals';
import { decibelsOf, loudnessOf, SilenceWatch, shareOf, silenceDb } from './levels';

it('measures a full sine as -3 dB and nothing as silence', () => {
  const sine = Float32Array.from({ length: 4_800 }, (_, index) => Math.sin((index * 2 * Math.PI) / 48));
  expect(decibelsOf(sine)).toBeCloseTo(-3.01, 1);
  expect(decibelsOf(new Float32Array(64))).toBe(silenceDb);
});

it('shows a level between an empty and a full bar', () => {
  expect([shareOf(-100), shareOf(-60), shareOf(-33), shareOf(-6), shareOf(0)]).toEqual([0, 0, 0.5, 1, 1]);
});

describe('how loud somebody speaks (clause 7)', () => {
  const gaps = Array.from({ length: 15 }, () => -70);
  it.each([
    ['silent', gaps],
    ['quiet', [...gaps, -40, -41, -42, -39, -44]],
    ['good', [...gaps, -20, -25, -22, -30, -24]],
    ['loud', [...gaps, -5, -6, -4, -8, -12]],
  ] as const)('%s', (loudness, levels) => {
    expect(loudnessOf(levels)).toBe(loudness);
  });
});

it('counts silence until either side speaks', () => {
  const watch = new SilenceWatch(0);
  expect(watch.take(2_000, -80, -70)).toBe(2_000);
  expect(watch.take(3_000, -80, -20)).toBe(0);
  expect(watch.take(7_500, -80, -60)).toBe(4_500);
});
