import { describe, expect, it } from '@jest/globals';
import { resample } from './resample.js';

const tone = (hertz: number, sampleRate: number, ms = 500) =>
  Float32Array.from({ length: (sampleRate * ms) / 1_000 }, (_, i) =>
    Math.sin((2 * Math.PI * hertz * i) / sampleRate),
  );
const still = async () => undefined;
/** Without the ends, where the filter lies over nothing. */
const middle = (samples: Float32Array) => samples.subarray(400, samples.length - 400);
const effective = (samples: Float32Array) =>
  Math.sqrt(samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length);

describe('a resampled tone', () => {
  it.each([8_000, 11_025, 22_050, 44_100, 44_056, 48_000, 96_000])(
    'of %d Hz is the same tone',
    async (rate) => {
      const made = await resample(tone(1_000, rate), rate, 16_000, still);
      expect(Math.abs(made.length - 8_000)).toBeLessThanOrEqual(1);
      const wanted = middle(tone(1_000, 16_000));
      const off = middle(made).reduce(
        (most, sample, i) => Math.max(most, Math.abs(sample - (wanted[i] ?? 0))),
        0,
      );
      expect(off).toBeLessThan(0.02);
    },
  );

  it('above what the new rate can carry is gone, and no other tone is there instead', async () => {
    expect(effective(middle(await resample(tone(11_000, 48_000), 48_000, 16_000, still)))).toBeLessThan(
      0.005,
    );
  });

  it('of the wanted rate is left as it is', async () => {
    const samples = tone(440, 16_000);
    expect(await resample(samples, 16_000, 16_000, still)).toBe(samples);
  });

  it('lets others go on about once a second', async () => {
    let breaths = 0;
    await resample(tone(440, 8_000, 3_000), 8_000, 16_000, async () => {
      breaths += 1;
    });
    expect(breaths).toBe(3);
  });
});
