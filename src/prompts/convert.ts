import type { AudioFormat } from '../contracts/prompt.js';
import { isRefusal, type Refusal, refuse } from '../kernel/refusal.js';
import { decodeAudio } from './decoding/decode-audio.js';
import { evenOut, speechLevel } from './domain/loudness.js';
import { wavFile } from './domain/wav-file.js';

/** Wide-band: what softphones and guests hear; the engine makes 8 kHz of it for telephones. */
export const promptSampleRate = 16_000;
/** Shorter is no word: a slip of the recorder. */
const shortestMs = 200;

export interface ConvertedPrompt {
  format: AudioFormat;
  durationMs: number;
  /** 16-bit mono WAV at `promptSampleRate`, of even loudness. */
  wav: Buffer;
}

/** Makes of an uploaded file what the engine plays best. */
export async function convertPrompt(file: Buffer, longestMs: number): Promise<ConvertedPrompt | Refusal> {
  const decoded = await decodeAudio(file, { longestMs, sampleRate: promptSampleRate });
  if (isRefusal(decoded)) return decoded;
  const { samples } = decoded;
  const durationMs = Math.round((samples.length * 1_000) / promptSampleRate);
  if (durationMs < shortestMs) return refuse('prompt.empty', { durationMs });
  const level = speechLevel(samples, promptSampleRate);
  if (level === undefined) return refuse('prompt.silent');
  return { format: decoded.format, durationMs, wav: wavFile(evenOut(samples, level), promptSampleRate) };
}
