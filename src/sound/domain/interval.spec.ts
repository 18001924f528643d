import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { fuzzed } from '../../../test/support/fuzzed.js';
import type { LegStatistics } from '../../telephony/port/engine.js';
import { type Reading, sampleBetween } from './interval.js';

const still: LegStatistics = {
  packetsIn: 0,
  packetsOut: 0,
  lossShareIn: 0,
  lossShareOut: 0,
  jitterInMs: 2,
  jitterOutMs: 5,
};
const at = (ms: number, statistics: Partial<LegStatistics>): Reading => ({
  at: ms,
  statistics: { ...still, ...statistics },
});

/** As Asterisk tells it: so many packets came, so many were missing at the last of so many counts. */
function counted(ms: number, packetsIn: number, lost: number, times?: number): Reading {
  return at(ms, {
    packetsIn,
    lossShareIn: lost / (packetsIn + lost),
    ...(times === undefined ? {} : { lossCounts: { times, everyMs: 5_000 } }),
  });
}

describe('the sound between two looks at the engine', () => {
  it('is that of the stretch, not of the whole leg', () => {
    const before = at(0, { packetsIn: 250, lossShareIn: 0 });
    // 200 came and 50 did not.
    const now = at(5_000, { packetsIn: 450, lossShareIn: 50 / 500, roundTripMs: 40 });
    const sample = sampleBetween(before, now, 'PCMA');
    expect(sample?.lossShare).toBeCloseTo(0.2, 6);
    expect(sample).toMatchObject({ overMs: 5_000, jitterMs: 5, roundTripMs: 40, codec: 'PCMA' });
  });

  it('counts what the phone reports of the other direction', () => {
    const before = at(0, { packetsIn: 1, packetsOut: 250, roundTripMs: 40 });
    const now = at(5_000, { packetsIn: 250, packetsOut: 500, lossShareOut: 0.1, roundTripMs: 40 });
    expect(sampleBetween(before, now, 'PCMA')?.lossShareOut).toBeCloseTo(0.2, 6);
  });

  it('knows nothing of the other direction while the phone reports nothing', () => {
    const sample = sampleBetween(at(0, {}), at(5_000, { packetsIn: 250, packetsOut: 250 }), 'PCMA');
    expect(sample).toMatchObject({ lossShareOut: null, roundTripMs: null });
  });

  it('is not told while nothing comes', () => {
    expect(sampleBetween(at(0, { packetsIn: 250 }), at(5_000, { packetsIn: 250 }), 'PCMA')).toBeNull();
  });

  it('waits for the next count of losses', () => {
    expect(sampleBetween(counted(0, 400, 100, 2), counted(5_000, 600, 100, 2), 'PCMA')).toBeNull();
  });

  it('gives each count its own packets, however looks and counts fall together', () => {
    const before = counted(0, 400, 100, 2);
    for (const [now, times] of [
      [counted(5_000, 600, 150, 3), 'one'],
      [counted(5_000, 600, 200, 4), 'two'],
      [counted(10_000, 800, 150, 3), 'one in ten seconds'],
    ] as const)
      expect([times, sampleBetween(before, now, 'PCMA')?.lossShare]).toEqual([times, expect.closeTo(0.2, 6)]);
  });

  it('takes the first losses of a leg for those of the time since the last look', () => {
    const sample = sampleBetween(counted(0, 250, 0), counted(5_000, 450, 50, 2), 'PCMA');
    expect(sample?.lossShare).toBeCloseTo(0.2, 6);
  });

  it('is always a share, whatever was counted', () => {
    const statistics = fc.record({
      packetsIn: fc.nat(100_000),
      packetsOut: fc.nat(100_000),
      lossShareIn: fc.double({ min: 0, max: 1, noNaN: true }),
      lossShareOut: fc.double({ min: 0, max: 1, noNaN: true }),
      jitterInMs: fc.double({ min: 0, max: 500, noNaN: true }),
      jitterOutMs: fc.double({ min: 0, max: 500, noNaN: true }),
      lossCounts: fc.option(fc.record({ times: fc.nat(50), everyMs: fc.constant(5_000) }), {
        nil: undefined,
      }),
    });
    fc.assert(
      fc.property(statistics, statistics, fc.nat(100_000), (one, other, ms) => {
        const [before, now] = [one, other].map(({ lossCounts, ...rest }, index) => ({
          at: index * ms,
          statistics: lossCounts ? { ...rest, lossCounts } : rest,
        })) as [Reading, Reading];
        const sample = sampleBetween(before, now, 'PCMA');
        if (!sample) return true;
        const { lossShare, lossShareOut, overMs } = sample;
        return lossShare >= 0 && lossShare <= 1 && (lossShareOut ?? 0) <= 1 && overMs > 0 && overMs <= 60_000;
      }),
      fuzzed(),
    );
  });
});
