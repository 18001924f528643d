import { writeFile } from 'node:fs/promises';
import { toneSamples, wavFile } from '../builders/tone-wav.js';

/**
 * A microphone file for Chromium: beeps with gaps, as speech has them. A steady tone would be taken for noise and
 * suppressed.
 */
export async function writeVoice(path: string, hertz: number): Promise<string> {
  const beep = [{ ms: 350, hertz, level: 0.4 }, { ms: 250 }];
  const samples = toneSamples(Array.from({ length: 10 }, () => beep).flat(), 48_000);
  await writeFile(path, wavFile(samples, 48_000));
  return path;
}
