import { z } from 'zod';
import { callSummarySchema, handlingSummarySchema } from './call.js';
import { cursorSchema } from './page-cursor.js';
import { recordingSchema } from './recording.js';
import { bilingualSchema, line, prose } from './text.js';
import { durationMs, instant, versionNumber } from './time.js';
import { timelineEventSchema } from './timeline.js';
import { verdictSchema } from './verdict.js';
import { wrapUpSchema } from './wrap-up.js';

const time = z.iso.datetime();

/** A scoring form: versioned; an item points at a clause. */
export const formItemSchema = z.object({
  clause: z.string(),
  title: bilingualSchema,
  weight: z.number(),
  fatal: z.boolean(),
  /** automatic: proposed by the evaluator, accepted or overturned; human: scored by the inspector. */
  kind: z.enum(['automatic', 'human']),
});
export const qualityFormSchema = z.object({
  id: z.uuid(),
  version: z.number().int(),
  name: bilingualSchema,
  items: z.array(formItemSchema),
});
export type FormItem = z.infer<typeof formItemSchema>;
export type QualityForm = z.infer<typeof qualityFormSchema>;

/** One item's mark. `score`: share of the weight, 0–1; null: not applicable, left out of the total. */
export const markSchema = z.strictObject({
  clause: line(20),
  score: z.number().min(0).max(1).nullable(),
  /** For an automatic item: the proposal was accepted or overturned (then a reason is due). */
  decision: z.enum(['accepted', 'overturned', 'scored']),
  reason: prose(1000),
});
export type Mark = z.infer<typeof markSchema>;

export const evaluationNoteSchema = z.strictObject({
  id: z.uuid(),
  /** Place in the recording, ms from its start. */
  atMs: durationMs.min(0),
  text: prose(2000).min(1),
});
export type EvaluationNote = z.infer<typeof evaluationNoteSchema>;

export const evaluationDraftSchema = z.strictObject({
  marks: z.array(markSchema).max(200),
  notes: z.array(evaluationNoteSchema).max(200),
  summary: prose(4000),
  /** Version the draft is based on: a change by somebody else meanwhile is refused, not overwritten. */
  revision: versionNumber,
});
export type EvaluationDraft = z.infer<typeof evaluationDraftSchema>;

export const evaluationSchema = z.object({
  id: z.uuid(),
  handlingId: z.uuid(),
  callId: z.uuid(),
  form: qualityFormSchema,
  state: z.enum(['draft', 'submitted']),
  revision: z.number().int(),
  inspectorId: z.uuid(),
  inspectorName: z.string(),
  marks: z.array(markSchema),
  notes: z.array(evaluationNoteSchema),
  summary: z.string(),
  /** 0–100; null while items are open. A failed fatal item makes it 0. */
  total: z.number().nullable(),
  fatalFailed: z.array(z.string()),
  openItems: z.array(z.string()),
  submittedAt: time.nullable(),
  /** When the agent opened the result. */
  seenAt: time.nullable(),
});
export type Evaluation = z.infer<typeof evaluationSchema>;

/** A row of the inspector's list: answered handlings, newest first. */
export const reviewRowSchema = z.object({
  handling: handlingSummarySchema,
  call: callSummarySchema,
  failed: z.array(z.string()),
  evaluation: z
    .object({
      id: z.uuid(),
      state: z.enum(['draft', 'submitted']),
      total: z.number().nullable(),
      inspectorName: z.string(),
    })
    .nullable(),
  recordingState: z.string().nullable(),
});
export type ReviewRow = z.infer<typeof reviewRowSchema>;

/** Everything the review page needs, in one answer: `GET /api/quality/handlings/:id`. */
export const reviewSchema = z.object({
  handling: handlingSummarySchema,
  call: callSummarySchema,
  timeline: z.array(timelineEventSchema),
  verdicts: z.array(verdictSchema),
  wrapUp: wrapUpSchema.nullable(),
  recording: recordingSchema.nullable(),
  evaluation: evaluationSchema.nullable(),
  form: qualityFormSchema,
});
export type Review = z.infer<typeof reviewSchema>;

/** A row of the agent's own results: `GET /api/quality/results`. */
export const resultRowSchema = z.object({
  evaluationId: z.uuid(),
  handlingId: z.uuid(),
  callId: z.uuid(),
  total: z.number(),
  inspectorName: z.string(),
  submittedAt: time,
  seenAt: time.nullable(),
  fromNumber: z.string(),
});
export type ResultRow = z.infer<typeof resultRowSchema>;

/** `GET /api/quality/results/:evaluationId`: a published score with all it rests on, as the inspector saw it. */
export const resultSchema = reviewSchema.extend({ evaluation: evaluationSchema });
export type Result = z.infer<typeof resultSchema>;

/** Filters of `GET /api/quality/handlings`; unscored: no evaluation begun. */
export const reviewQuerySchema = z.strictObject({
  agentId: z.uuid().optional(),
  state: z.enum(['unscored', 'draft', 'submitted']).optional(),
  /** ISO times; answered at or after / before. */
  since: instant.optional(),
  until: instant.optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  /** As given by `next` of the page before. */
  cursor: cursorSchema.optional(),
});
export type ReviewQuery = z.infer<typeof reviewQuerySchema>;

/** Paging of `GET /api/quality/results`. */
export const resultQuerySchema = z.strictObject({
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: cursorSchema.optional(),
});
export type ResultQuery = z.infer<typeof resultQuerySchema>;
