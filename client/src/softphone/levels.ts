export const silenceDb = -100;
/** Somebody speaks, rather than breathes or types. */
export const speechDb = -45;

/** Root mean square of samples, in dB below full scale. */
export function decibelsOf(samples: Float32Array): number {
  let sum = 0;
  for (const sample of samples) sum += sample * sample;
  const rms = Math.sqrt(sum / Math.max(1, samples.length));
  return rms > 0 ? Math.max(silenceDb, 20 * Math.log10(rms)) : silenceDb;
}

/** A level as a share of the bar: −60 dB is empty, −6 dB is full. */
export function shareOf(db: number): number {
  return Math.min(1, Math.max(0, (db + 60) / 54));
}

export type Loudness = 'silent' | 'quiet' | 'good' | 'loud';

/**
 * How loud speech is, from the levels of the last seconds (clause 7): judged by its loud part, since words have gaps.
 * The steps are for a headset with the browser's gain control.
 */
export function loudnessOf(levels: readonly number[]): Loudness {
  const spoken = levels.filter((level) => level > speechDb - 10).toSorted((a, b) => b - a);
  if (spoken.length < 3) return 'silent';
  const loudPart = spoken[Math.floor(spoken.length * 0.2)] ?? silenceDb;
  if (loudPart > -9) return 'loud';
  return loudPart < -36 ? 'quiet' : 'good';
}

/** Counts how long nobody has spoken (clause 23.9). */
export class SilenceWatch {
  private lastSpeech: number;

  constructor(now: number) {
    this.lastSpeech = now;
  }

  /** Takes the levels of both sides; returns the silence so far in ms. */
  take(now: number, ...levels: number[]): number {
    if (levels.some((level) => level > speechDb)) this.lastSpeech = now;
    return now - this.lastSpeech;
  }
}
