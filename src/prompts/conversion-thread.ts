import { parentPort } from 'node:worker_threads';
import { isRefusal } from '../kernel/refusal.js';
import { type ConvertedPrompt, convertPrompt } from './convert.js';

/** What the thread is given, and what it answers. */
export interface ConversionWish {
  file: Uint8Array;
  longestMs: number;
}
export type ConversionAnswer =
  | { made: Omit<ConvertedPrompt, 'wav'> & { wav: Uint8Array } }
  | { refused: { code: string; details: Readonly<Record<string, unknown>> } };

/** Runs in a thread of its own, one file after the other: strangers' bytes are decoded here and nowhere else. */
parentPort?.on('message', async ({ file, longestMs }: ConversionWish) => {
  const made = await convertPrompt(Buffer.from(file.buffer, file.byteOffset, file.byteLength), longestMs);
  const answer: ConversionAnswer = isRefusal(made)
    ? { refused: { code: made.code, details: made.details } }
    : { made };
  parentPort?.postMessage(answer);
});
