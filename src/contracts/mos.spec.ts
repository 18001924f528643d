import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { fuzzed } from '../../test/support/fuzzed.js';
import { mosOf, mosOfRating, ratingOf, type SoundPath } from './mos.js';

const quiet: SoundPath = { lossShare: 0, jitterMs: 0, roundTripMs: 0, lossShareOut: 0, codec: 'PCMA' };

const share = fc.double({ min: 0, max: 1, noNaN: true });
const ms = fc.double({ min: 0, max: 60_000, noNaN: true });
const path = fc.record({
  lossShare: share,
  jitterMs: ms,
  roundTripMs: fc.option(ms),
  lossShareOut: fc.option(share),
  codec: fc.constantFrom('opus', 'PCMA', 'PCMU', 'speex', ''),
});

describe('the mean opinion score', () => {
  // ITU-T G.107, Annex B, formula B-4 and its table.
  it.each([
    [90, 4.34],
    [80, 4.02],
    [70, 3.6],
    [60, 3.1],
    [50, 2.58],
  ])('of rating %d is %d', (rating, mos) => {
    expect(mosOfRating(rating)).toBeCloseTo(mos, 2);
  });

  it('of a good line is that of a telephone', () => {
    expect(mosOf(quiet)).toBeGreaterThan(4.3);
    expect(mosOf({ ...quiet, roundTripMs: 60, jitterMs: 4 })).toBeGreaterThan(4.3);
  });

  // Ie,eff of G.107 for G.711 with concealment (Bpl 25.1): 5 % costs 15.8, 20 % costs 42.1.
  it.each([
    [0.05, 15.78],
    [0.2, 42.13],
  ])('of a loss of %d costs what the E-model says', (lossShare, costs) => {
    expect(ratingOf(quiet) - ratingOf({ ...quiet, lossShare })).toBeCloseTo(costs, 1);
  });

  it('costs little before 177 ms one way and much after it', () => {
    const at = (roundTripMs: number) => ratingOf({ ...quiet, roundTripMs });
    expect(at(0) - at(200)).toBeLessThan(3);
    expect(at(400) - at(600)).toBeGreaterThan(10);
  });

  it('is less with a codec that saves on the voice, and not with one that is not known yet', () => {
    expect(mosOf({ ...quiet, codec: 'G729' })).toBeLessThan(mosOf(quiet));
    expect(mosOf({ ...quiet, codec: '' })).toBe(mosOf(quiet));
  });

  it('counts the worse direction, and the unknown one as good', () => {
    expect(mosOf({ ...quiet, lossShareOut: 0.2 })).toBe(mosOf({ ...quiet, lossShare: 0.2 }));
    expect(mosOf({ ...quiet, lossShareOut: null, roundTripMs: null })).toBe(mosOf(quiet));
  });

  it('stays between 1 and 4.5, whatever was measured', () => {
    fc.assert(
      fc.property(path, (measured) => {
        const mos = mosOf(measured);
        return mos >= 1 && mos <= 4.5;
      }),
      fuzzed(),
    );
  });

  it('never gets better by more loss, jitter or delay', () => {
    fc.assert(
      fc.property(path, share, ms, ms, (measured, loss, jitter, delay) => {
        const worse: SoundPath[] = [
          { ...measured, lossShare: Math.min(1, measured.lossShare + loss) },
          { ...measured, lossShareOut: Math.min(1, (measured.lossShareOut ?? 0) + loss) },
          { ...measured, jitterMs: measured.jitterMs + jitter },
          { ...measured, roundTripMs: (measured.roundTripMs ?? 0) + delay },
        ];
        return worse.every((path) => mosOf(path) <= mosOf(measured) + 1e-9);
      }),
      fuzzed(),
    );
  });
});
