/** How loud speech is made, so that no prompt is louder than the next or than the people on the line; dB of full scale. */
export const speechLevelDb = -20;
/** No sample comes nearer to full scale. */
const ceilingDb = -1;
/** Quieter blocks are pauses. */
const pauseDb = -50;
/** Blocks so far below the mean are pauses between words. */
const belowMeanDb = 12;
const blockMs = 100;

/** How loud the speech in it is, in dB of full scale; undefined when nothing but silence is in it. */
export function speechLevel(samples: Float32Array, sampleRate: number): number | undefined {
  const powers = blockPowers(samples, Math.round((sampleRate * blockMs) / 1_000));
  const loud = powers.filter((power) => power > powerOf(pauseDb));
  if (loud.length === 0) return undefined;
  const floor = mean(loud) * powerOf(-belowMeanDb);
  return 10 * Math.log10(mean(loud.filter((power) => power > floor)));
}

/** Brings speech to the house's level, as far as its peaks allow. `level`: as `speechLevel` found it. */
export function evenOut(samples: Float32Array, level: number): Float32Array {
  const peak = samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
  const gain = Math.min(10 ** ((speechLevelDb - level) / 20), 10 ** (ceilingDb / 20) / peak);
  return samples.map((sample) => sample * gain);
}

function blockPowers(samples: Float32Array, blockSamples: number): number[] {
  const powers: number[] = [];
  for (let start = 0; start < samples.length; start += blockSamples) {
    const block = samples.subarray(start, start + blockSamples);
    powers.push(block.reduce((sum, sample) => sum + sample * sample, 0) / block.length);
  }
  return powers;
}

function powerOf(db: number): number {
  return 10 ** (db / 10);
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
