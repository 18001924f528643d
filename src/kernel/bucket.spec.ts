import { describe, expect, it } from '@jest/globals';
import { Bucket } from './bucket.js';

describe('a bucket', () => {
  it('gives so many at once, then as many as time brings, and never saves up more', () => {
    const bucket = new Bucket(2, 3);
    const taken = (now: number) => [1, 2, 3, 4].map(() => bucket.take(now)).filter(Boolean).length;
    expect([1_000, 1_000, 1_500, 2_500, 60_000].map(taken)).toEqual([3, 0, 1, 2, 3]);
  });

  it('never holds more than at first, whatever the clock does', () => {
    const bucket = new Bucket(1, 2);
    expect(bucket.isFull(1_000_000)).toBe(true);
    expect([1_000_000, 0, 0].map((now) => bucket.take(now))).toEqual([true, true, false]);
    expect(bucket.isFull(1_000)).toBe(false);
  });
});
