import { describe, expect, it } from '@jest/globals';
import { alarms, freeFailures, shutOutMs } from './back-off.js';

describe('the back-off of an address that fails to prove who it is', () => {
  it('forgives a few failures, then doubles the wait up to a quarter of an hour', () => {
    expect([0, 1, freeFailures].map(shutOutMs)).toEqual([0, 0, 0]);
    expect([1, 2, 3, 4].map((more) => shutOutMs(freeFailures + more))).toEqual([
      4_000, 8_000, 16_000, 32_000,
    ]);
    expect([20, 1_000, 1_000_000].map(shutOutMs)).toEqual([900_000, 900_000, 900_000]);
  });

  it('alarms at the first shut-out and ever more rarely after', () => {
    const alarmed = Array.from({ length: 200 }, (_, failures) => failures).filter(alarms);
    expect(alarmed).toEqual([freeFailures + 1, 20, 40, 80, 160]);
  });
});
