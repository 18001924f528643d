import { z } from 'zod';
import { findingCodeSchema, findingParamSchema } from './finding.js';

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
 * `findings.<code>`), `params` what the text names: see `finding.ts`.
 */
export const verdictSchema = z.object({
  clause: z.string(),
  /** One clause may be judged in parts: `rings`, `first-speech`, `greeting`, `each`, `total` … Empty for the whole clause. */
  part: z.string(),
  outcome: verdictOutcomeSchema,
  finding: findingCodeSchema,
  params: z.record(z.string(), findingParamSchema),
  evidence: z.array(evidenceSchema),
});
export type Verdict = z.infer<typeof verdictSchema>;
