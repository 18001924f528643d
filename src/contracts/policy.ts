import { z } from 'zod';
import { bilingualSchema, line, prose } from './text.js';
import { durationMs, versionNumber } from './time.js';

/** How a clause is served: enforced, measured by the evaluator, scored by a human (docs/standard.md). */
export const servedBySchema = z.enum(['enforced', 'measured', 'human']);

export const clauseSchema = z.strictObject({
  /** The clause's own number in the house's standard: `1`, `24.14`, `26.1`. */
  id: z.string().regex(/^\d+(\.\d+)?$/),
  chapter: z.number().int().min(1).max(5),
  title: bilingualSchema,
  /** The clause's wording. */
  text: bilingualSchema,
  served: z.array(servedBySchema).min(1),
  /** What an automatic verdict needs; empty when only a person can judge. */
  evidence: z.array(z.enum(['events', 'audio', 'transcript', 'wrap-up'])),
  /** Points in the default form; 0: shown, not scored. */
  weight: z.number().min(0).max(100),
  /** A failed fatal clause makes the total 0. */
  fatal: z.boolean(),
});
export type Clause = z.infer<typeof clauseSchema>;

const choice = z.strictObject({ code: line(64), label: bilingualSchema });
export type Choice = z.infer<typeof choice>;

/**
 * A hotel brand's standard as data: one document a version. Texts hold `{placeholders}`: dayPart, hotel, agentNumber,
 * customer, topic. All durations in ms.
 */
export const policyDocumentSchema = z.strictObject({
  hotel: bilingualSchema,
  /** Whether there is such a zone is the editor's to be told (`policy-faults.ts`). */
  timeZone: line(64),
  clauses: z.array(clauseSchema),
  ring: z.strictObject({
    /** Ring tone 450 Hz: 1 s on, 4 s off. The fourth ring starts at rings × (on + off). */
    onMs: durationMs,
    offMs: durationMs,
    rings: z.number().int().min(1).max(10),
  }),
  greeting: z.strictObject({
    /** Local times `HH:MM` from which a day part counts, in order; before the first the last one counts. */
    dayParts: z
      .array(z.strictObject({ from: z.string().regex(/^\d\d:\d\d$/), text: bilingualSchema }))
      .min(1),
    template: bilingualSchema,
    /** The agent's first word must come within this after the answer. */
    firstSpeechWithinMs: durationMs,
  }),
  hold: z.strictObject({
    reasons: z.array(choice).min(1),
    limitChoicesMs: z.array(durationMs).min(1),
    ceilingMs: durationMs,
    /** All holds of a handling together (clause 24.14); null: only each by itself counts. */
    totalCeilingMs: durationMs.nullable(),
    remindBeforeMs: durationMs.min(0),
    /** What to say before (asks why, consent, limit) and after (thanks for waiting). */
    askLine: bilingualSchema,
    thanksLine: bilingualSchema,
    /** The agent speaks within this after the resume (clause 23.11). */
    speakAfterResumeWithinMs: durationMs,
  }),
  hangUp: z.strictObject({
    graceMs: durationMs.min(0),
    /** `judged`: what clauses 23.15 and 27.2 say of a call that the agent ended for this reason. */
    reasons: z.array(choice.extend({ judged: z.enum(['pass', 'fail', 'for-inspector']) })).min(1),
  }),
  away: z.strictObject({
    /** An agent whose phone went in the middle of a talk is awaited this long; then the customer goes to the next agent. */
    limitMs: durationMs,
  }),
  closingLines: z.array(bilingualSchema).min(1),
  /** The lines of the script between greeting and closing, with their clause. */
  scriptLines: z.array(z.strictObject({ clause: line(20), text: bilingualSchema })),
  transfer: z.strictObject({
    reasons: z.array(choice).min(1),
    /** The wait that the customer is told of. */
    limitMs: durationMs,
    /** The target must answer within this; then the customer comes back (clause 26.7). */
    patienceMs: durationMs,
    askLine: bilingualSchema,
    /** What the one who takes over says first (clause 26.8). */
    thanksLine: bilingualSchema,
    /** … within this. */
    speakWithinMs: durationMs,
  }),
  help: z.strictObject({
    /** The agent sees that a lead listens; whispering and joining is heard anyway. */
    showListening: z.boolean(),
  }),
  outbound: z.strictObject({
    /** Pre-call sheet (clause 25). */
    purposes: z.array(choice).min(1),
    /** The order of what is said; the name is asked late (clause 26.2). */
    lines: z.array(z.strictObject({ clause: line(20), text: bilingualSchema })).min(1),
    /** How long the customer's phone may ring. */
    ringMs: durationMs,
  }),
  /** Says the agent's number to the customer before they are connected. */
  announceAgentNumber: z.boolean(),
  /** Sound worse than this for `badForMs` alarms; `mos` 1 to 4.5. */
  quality: z.strictObject({
    mosBelow: z.number().min(1).max(4.5),
    badForMs: durationMs,
  }),
  wrapUp: z.strictObject({
    /** `needsCustomer` false: nobody to name (a wrong number, a dead line), so name, number and read-backs are not due. */
    outcomes: z.array(choice.extend({ needsFollowUp: z.boolean(), needsCustomer: z.boolean() })).min(1),
    required: z.array(
      z.enum(['outcome', 'customerName', 'customerNumber', 'nameReadBack', 'numberReadBack', 'note']),
    ),
    targetMs: durationMs,
  }),
});
export type PolicyDocument = z.infer<typeof policyDocumentSchema>;

export const policyVersionSchema = z.object({
  version: z.number().int().positive(),
  createdAt: z.iso.datetime(),
  createdBy: z.string(),
  why: z.string(),
  document: policyDocumentSchema,
});
export type PolicyVersion = z.infer<typeof policyVersionSchema>;

/** A version as the list shows it. */
export const policyVersionRowSchema = policyVersionSchema.omit({ document: true });
export type PolicyVersionRow = z.infer<typeof policyVersionRowSchema>;

/** `POST /api/policy`. `basedOn`: the version that was edited; a version published meanwhile is not overwritten unseen. */
export const policyPublishSchema = z.strictObject({
  basedOn: versionNumber.positive(),
  why: prose(1000).trim().min(2),
  document: policyDocumentSchema,
});
export type PolicyPublish = z.infer<typeof policyPublishSchema>;
