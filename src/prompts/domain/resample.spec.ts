import { describe, expect, it } from '@jest/globals';
import { Resampler } from './resample.js';

const tone = (hertz: number, sampleRate: number, ms = 500) =>
  Float32Array.from({ length: (sampleRate * ms) / 1_000 }, (_, i) =>
    Math.sin((2 * Math.PI * hertz * i) / sampleRate),
  );
/** In stretches of many lengths, as decoders hand it out. */
const resample = (samples: Float32Array, from: number, to: number) => {
  const resampler = new Resampler(from, to);
  const parts: number[] = [];
  for (let at = 0, length = 1; at < samples.length; at += length, length = (length * 7 + 3) % 5_000)
    parts.push(...resampler.push(samples.subarray(at, at + length)));
  return Float32Array.from([...parts, ...resampler.end()]);
};
/** Without the ends, where the filter lies over nothing. */
const middle = (samples: Float32Array) => samples.subarray(400, samples.length - 400);
const effective = (samples: Float32Array) =>
  Math.sqrt(samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length);

describe('a resampled tone', () => {
  it.each([8_000, 11_025, 22_050, 44_100, 44_056, 48_000, 96_000])('of %d Hz is the same tone', (rate) => {
    const made = resample(tone(1_000, rate), rate, 16_000);
    expect(Math.abs(made.length - 8_000)).toBeLessThanOrEqual(1);
    const wanted = middle(tone(1_000, 16_000));
    const off = middle(made).reduce(
      (most, sample, i) => Math.max(most, Math.abs(sample - (wanted[i] ?? 0))),
      0,
    );
    expect(off).toBeLessThan(0.02);
  });

  it('above what the new rate can carry is gone, and no other tone is there instead', () => {
    expect(effective(middle(resample(tone(11_000, 48_000), 48_000, 16_000)))).toBeLessThan(0.005);
  });

  it('of the wanted rate is left as it is', () => {
    const samples = tone(440, 16_000);
    expect(resample(samples, 16_000, 16_000)).toEqual(samples);
  });
});
