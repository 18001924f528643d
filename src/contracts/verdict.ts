import { z } from 'zod';

export const verdictOutcomeSchema = z.enum([
  'pass',
  'fail',
  'not-applicable',
  'not-determinable',
  'for-inspector',
]);
export type VerdictOutcome = z.infer<typeof verdictOutcomeSchema>;

/** What a verdict rests on: timeline events by number, or a stretch of time. */
export const evidenceSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('event'), seq: z.number().int(), at: z.iso.datetime(), event: z.string() }),
  z.object({ kind: z.literal('range'), from: z.iso.datetime(), until: z.iso.datetime(), what: z.string() }),
  z.object({ kind: z.literal('wrap-up'), field: z.string(), filled: z.boolean() }),
]);
export type Evidence = z.infer<typeof evidenceSchema>;

/**
 * One clause judged for one handling. `finding` is a code with a text in both languages (client locale files,
 * `findings.<code>`), `params` its numbers: `rings` (count), `ms` (duration), `limitMs`, `count`, `reason`, `fields`.
 */
export const verdictSchema = z.object({
  clause: z.string(),
  /** One clause may be judged in parts: `rings`, `first-speech`. Empty for the whole clause. */
  part: z.string(),
  outcome: verdictOutcomeSchema,
  finding: z.string(),
  params: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.array(z.string())])),
  evidence: z.array(evidenceSchema),
});
export type Verdict = z.infer<typeof verdictSchema>;
