/** Strength of one frequency in 16-bit samples, 0 to 1 of full scale (Goertzel). */
export function toneStrength(samples: Int16Array, frequency: number, sampleRate = 8000): number {
  if (samples.length === 0) return 0;
  const coefficient = 2 * Math.cos((2 * Math.PI * frequency) / sampleRate);
  let before = 0;
  let last = 0;
  for (const sample of samples) {
    const next = sample / 32768 + coefficient * last - before;
    before = last;
    last = next;
  }
  const power = last * last + before * before - coefficient * last * before;
  return (2 * Math.sqrt(Math.max(0, power))) / samples.length;
}

/** Loudness of 16-bit samples, 0 to 1 of full scale (root mean square). */
export function loudness(samples: Int16Array): number {
  if (samples.length === 0) return 0;
  let sum = 0;
  for (const sample of samples) sum += (sample / 32768) ** 2;
  return Math.sqrt(sum / samples.length);
}

/** True when the frequency makes up most of what is heard. */
export function hearsTone(samples: Int16Array, frequency: number, sampleRate = 8000): boolean {
  const strength = toneStrength(samples, frequency, sampleRate);
  return strength > 0.02 && strength > loudness(samples);
}

/** True when every one of `present` is heard and none of `absent`. */
export function hearsTones(
  samples: Int16Array,
  present: readonly number[],
  absent: readonly number[],
  sampleRate = 8000,
): boolean {
  const strength = (frequency: number) => toneStrength(samples, frequency, sampleRate);
  return present.every((tone) => strength(tone) > 0.04) && absent.every((tone) => strength(tone) < 0.01);
}
