import { z } from 'zod';
import { bilingualSchema, line, prose } from './text.js';

/** Kinds of audio file that may be uploaded, told apart by what is in them. */
export const audioFormats = ['wav', 'mp3', 'ogg-opus', 'ogg-vorbis'] as const;
export const audioFormatSchema = z.enum(audioFormats);
export type AudioFormat = z.infer<typeof audioFormatSchema>;

/** An announcement of the house's own: a sound that callers hear, and what is said in it. */
export const promptSummarySchema = z.object({
  id: z.uuid(),
  name: z.string(),
  /** What is said, for who reads a flow instead of hearing it. */
  text: bilingualSchema,
  durationMs: z.number().int().positive(),
  /** What the supervisor uploaded. */
  format: audioFormatSchema,
  fileName: z.string(),
  changedAt: z.iso.datetime(),
  changedBy: z.string(),
});
export type PromptSummary = z.infer<typeof promptSummarySchema>;

/** What is written beside the file, when it is uploaded and later. */
export const promptWishSchema = z.strictObject({
  name: line(60).trim().min(1),
  zh: prose(500).trim().min(1),
  en: prose(500).trim().min(1),
});
export type PromptWish = z.infer<typeof promptWishSchema>;

/** Where a prompt is in use: refused deletions name it, so that the supervisor knows where to go. */
export const promptUseSchema = z.object({ kind: z.literal('flow'), id: z.string(), name: z.string() });
export type PromptUse = z.infer<typeof promptUseSchema>;
