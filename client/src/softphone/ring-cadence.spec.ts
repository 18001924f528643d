import { expect, it } from '@jest/globals';
import { burstsFrom, ringPlace } from './ring-cadence';

const startedAt = '2026-03-02T01:00:00.000Z';
const start = Date.parse(startedAt);
const timer = { startedAt, ringMs: 5_000, rings: 3, endsAt: '2026-03-02T01:00:15.000Z' };
const left = (ms: number) => ringPlace(timer, start + ms).segments.map((segment) => segment.left);

it('counts the rings and the time left', () => {
  expect(ringPlace(timer, start)).toMatchObject({ ring: 1, of: 3, leftMs: 15_000 });
  expect(ringPlace(timer, start + 4_999)).toMatchObject({ ring: 1 });
  expect(ringPlace(timer, start + 5_000)).toMatchObject({ ring: 2, leftMs: 10_000 });
  expect(ringPlace(timer, start + 14_000)).toMatchObject({ ring: 3, leftMs: 1_000 });
});

it('stays at the last ring while the server has not ended it', () => {
  expect(ringPlace(timer, start + 20_000)).toMatchObject({ ring: 3, leftMs: 0 });
});

it('does not run backwards when the clocks differ a little', () => {
  expect(ringPlace(timer, start - 300)).toMatchObject({ ring: 1 });
  expect(left(-300)).toEqual([1, 1, 1]);
});

it('empties one segment after the other', () => {
  expect(left(2_500)).toEqual([0.5, 1, 1]);
  expect(left(7_500)).toEqual([0, 0.5, 1]);
  expect(left(15_000)).toEqual([0, 0, 0]);
});

it('sounds for the first second of each ring', () => {
  expect(burstsFrom(timer, start, 1_000)).toEqual([
    { fromMs: 0, untilMs: 1_000 },
    { fromMs: 5_000, untilMs: 6_000 },
    { fromMs: 10_000, untilMs: 11_000 },
  ]);
});

it('joins a cadence that is under way, without the bursts that are over', () => {
  expect(burstsFrom(timer, start + 5_400, 1_000)).toEqual([
    { fromMs: 0, untilMs: 600 },
    { fromMs: 4_600, untilMs: 5_600 },
  ]);
  expect(burstsFrom(timer, start + 12_000, 1_000)).toEqual([]);
});
