import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { fuzzed } from '../../../test/support/fuzzed.js';
import { beginWatch, type SoundWatch, type Turn, watched } from './sound-watch.js';

const limits = { mosBelow: 3.1, badForMs: 10_000 };
const good = 4.2;
const bad = 2.4;

/** The turns that a run of samples of five seconds each brings, by their place in the run. */
function turns(scores: readonly number[], watch: SoundWatch = beginWatch()): [number, Turn][] {
  const all: [number, Turn][] = [];
  let current = watch;
  scores.forEach((mos, index) => {
    const seen = { mos, from: index * 5_000, until: (index + 1) * 5_000 };
    const next = watched(current, seen, limits);
    current = next.watch;
    if (next.turn) all.push([index, next.turn]);
  });
  return all;
}

describe('watching a leg’s sound', () => {
  it('tells of ten bad seconds, once', () => {
    expect(turns([good, bad, bad, bad, bad, bad])).toEqual([[2, 'dropped']]);
  });

  it('is not alarmed by five', () => {
    expect(turns([good, bad, good, bad, good, bad, good])).toEqual([]);
  });

  it('believes in the recovery after ten good seconds, not after five', () => {
    expect(turns([bad, bad, good, bad, good, good, good])).toEqual([
      [1, 'dropped'],
      [5, 'recovered'],
    ]);
  });

  it('takes the limit itself for good', () => {
    expect(turns([3.1, 3.1, 3.1])).toEqual([]);
  });

  it('goes on where an earlier process told of the drop', () => {
    expect(turns([bad, good, good], beginWatch(true))).toEqual([[2, 'recovered']]);
  });

  it('does not bridge a long silence', () => {
    const first = watched(beginWatch(), { mos: bad, from: 0, until: 5_000 }, limits);
    const later = { mos: bad, from: 60_000, until: 65_000 };
    expect(watched(first.watch, later, limits).turn).toBeNull();
    const soon = { mos: bad, from: 10_000, until: 15_000 };
    expect(watched(first.watch, soon, limits).turn).toBe('dropped');
  });

  it('drops and recovers in turns, and never within ten seconds of each other', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 1, max: 4.5, noNaN: true }), { maxLength: 60 }), (scores) => {
        const found = turns(scores);
        return found.every(
          ([index, turn], place) =>
            turn === (place % 2 === 0 ? 'dropped' : 'recovered') &&
            (place === 0 || index - (found[place - 1]?.[0] ?? 0) >= 2),
        );
      }),
      fuzzed(),
    );
  });
});
