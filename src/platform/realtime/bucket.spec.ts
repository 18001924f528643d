import { describe, expect, it } from '@jest/globals';
import { Bucket } from './bucket.js';

describe('a bucket', () => {
  it('gives so many at once, then as many as time has brought', () => {
    const bucket = new Bucket(3, 2, 0);
    expect([0, 0, 0, 0].map((now) => bucket.takes(now))).toEqual([true, true, true, false]);
    expect(bucket.takes(400)).toBe(false);
    expect([1_000, 1_000, 1_000].map((now) => bucket.takes(now))).toEqual([true, true, false]);
  });

  it('never holds more than at first, whatever the clock does', () => {
    const bucket = new Bucket(2, 1, 0);
    expect(bucket.isFull(1_000_000)).toBe(true);
    expect([1_000_000, 0, 0].map((now) => bucket.takes(now))).toEqual([true, true, false]);
    expect(bucket.isFull(1_000)).toBe(false);
  });
});
