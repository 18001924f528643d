import { describe, expect, it } from '@jest/globals';
import { evenOut, speechLevel, speechLevelDb } from './loudness.js';

const rate = 16_000;
/** A tone of so many dB of full scale (effective), and silence where it is null. */
const stretches = (...levels: (number | null)[]) =>
  Float32Array.from({ length: levels.length * rate }, (_, i) => {
    const level = levels[Math.floor(i / rate)] ?? null;
    return level === null ? 0 : Math.SQRT2 * 10 ** (level / 20) * Math.sin((2 * Math.PI * 440 * i) / rate);
  });

describe('loudness', () => {
  it('is that of the speech, whatever the pauses', () => {
    expect(speechLevel(stretches(-26), rate)).toBeCloseTo(-26, 1);
    expect(speechLevel(stretches(-26, null, null, -26), rate)).toBeCloseTo(-26, 1);
    expect(speechLevel(stretches(-26, -45), rate)).toBeCloseTo(-26, 1);
  });

  it('is none where nothing but silence or its hiss is', () => {
    expect(speechLevel(stretches(null), rate)).toBeUndefined();
    expect(speechLevel(stretches(-60), rate)).toBeUndefined();
  });

  it.each([-45, -30, -12, -4])('of %d dB is brought to that of every prompt', (level) => {
    const samples = stretches(level);
    const evened = evenOut(samples, speechLevel(samples, rate) ?? 0);
    expect(speechLevel(evened, rate)).toBeCloseTo(speechLevelDb, 1);
  });

  it('stays lower when a peak would be cut off', () => {
    const samples = stretches(-40);
    samples[100] = 0.9;
    const evened = evenOut(samples, -40);
    expect(Math.max(...evened)).toBeCloseTo(10 ** (-1 / 20), 3);
  });
});
