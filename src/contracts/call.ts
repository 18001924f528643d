import { z } from 'zod';
import { timelineEventSchema } from './timeline.js';
import { verdictSchema } from './verdict.js';
import { wrapUpDraftSchema } from './wrap-up.js';

/** arriving: known, not yet opened; queued: waits for an agent; ended: every leg has gone. */
export const callStates = ['arriving', 'queued', 'ringing', 'talking', 'held', 'ended'] as const;
export const callStateSchema = z.enum(callStates);
export type CallState = z.infer<typeof callStateSchema>;

/**
 * in-progress until the end; answered: an agent talked with the customer; abandoned: the customer went while waiting or
 * ringing; missed: the system ended it before an agent talked; turned-away: never opened; lost: the engine lost it.
 */
export const callOutcomes = [
  'in-progress',
  'answered',
  'abandoned',
  'missed',
  'turned-away',
  'lost',
] as const;
export const callOutcomeSchema = z.enum(callOutcomes);
export type CallOutcome = z.infer<typeof callOutcomeSchema>;

export const handlingPhases = [
  'offered',
  'ringing',
  'talking',
  'held',
  'wrap-up',
  'closed',
  'missed',
  'cancelled',
] as const;
export const handlingPhaseSchema = z.enum(handlingPhases);
export type HandlingPhase = z.infer<typeof handlingPhaseSchema>;

/** Commands of the agent's desk on a call; the server says which are allowed now. */
export const callCommands = [
  'answer-call',
  'reject-call',
  'hold-call',
  'resume-call',
  'mute-call',
  'unmute-call',
  'send-digits',
  'hang-up-call',
  'withdraw-hang-up',
  'save-wrap-up-draft',
  'complete-wrap-up',
] as const;
export const callCommandSchema = z.enum(callCommands);
export type CallCommand = z.infer<typeof callCommandSchema>;

const time = z.iso.datetime();

/** Deadlines the client counts towards; the server acts on them. */
export const callTimersSchema = z.object({
  ring: z.object({ startedAt: time, ringMs: z.number(), rings: z.number(), endsAt: time }).nullable(),
  hold: z
    .object({ startedAt: time, limitAt: time, ceilingAt: time, remindAt: time, limitMs: z.number() })
    .nullable(),
  grace: z.object({ requestedAt: time, until: time }).nullable(),
  wrapUp: z.object({ startedAt: time, targetAt: time }).nullable(),
});
export type CallTimers = z.infer<typeof callTimersSchema>;

/** Lines for this call, filled in for this agent and this hour (clauses 26.1, 23.11, 27.1), in both languages. */
export const callScriptSchema = z.object({
  greeting: z.object({ zh: z.string(), en: z.string() }),
  lines: z.array(z.object({ clause: z.string(), zh: z.string(), en: z.string() })),
  closing: z.array(z.object({ zh: z.string(), en: z.string() })),
  holdAsk: z.object({ zh: z.string(), en: z.string() }),
  holdThanks: z.object({ zh: z.string(), en: z.string() }),
});
export type CallScript = z.infer<typeof callScriptSchema>;

/** Alarm levels of a running hold, from the timeline. */
export const holdAlarmSchema = z.enum(['none', 'reminder', 'limit', 'ceiling']);

/** What an agent's desk shows of a call: replaced as a whole at each change. */
export const deskCallSchema = z.object({
  callId: z.uuid(),
  handlingId: z.uuid(),
  version: z.number().int(),
  state: callStateSchema,
  phase: handlingPhaseSchema,
  channel: z.enum(['trunk', 'web']),
  fromNumber: z.string(),
  fromName: z.string(),
  dialled: z.string(),
  serviceName: z.string(),
  queueName: z.string().nullable(),
  arrivedAt: time,
  queuedAt: time.nullable(),
  answeredAt: time.nullable(),
  endedAt: time.nullable(),
  endedBy: z.string().nullable(),
  muted: z.boolean(),
  /** The last hold's thanks are due: shown until the agent speaks. */
  thanksDue: z.boolean(),
  holdAlarm: holdAlarmSchema,
  holds: z.number().int(),
  /** Leg id of the agent's phone: matches the header `X-Sanling-Leg` of the INVITE. */
  agentLegId: z.string(),
  timers: callTimersSchema,
  allowed: z.array(callCommandSchema),
  script: callScriptSchema,
  verdicts: z.array(verdictSchema),
  draft: wrapUpDraftSchema,
});
export type DeskCall = z.infer<typeof deskCallSchema>;

/** A row of the list of calls. */
export const callSummarySchema = z.object({
  id: z.uuid(),
  direction: z.enum(['inbound', 'outbound']),
  channel: z.enum(['trunk', 'web']),
  state: callStateSchema,
  outcome: callOutcomeSchema,
  fromNumber: z.string(),
  fromName: z.string(),
  dialled: z.string(),
  queueName: z.string().nullable(),
  arrivedAt: time,
  answeredAt: time.nullable(),
  endedAt: time.nullable(),
  endedBy: z.string().nullable(),
  waitedMs: z.number().int().nullable(),
  talkedMs: z.number().int().nullable(),
  heldMs: z.number().int(),
  holds: z.number().int(),
  agents: z.array(z.object({ agentId: z.uuid(), agentNumber: z.string(), name: z.string() })),
  policyVersion: z.number().int(),
});
export type CallSummary = z.infer<typeof callSummarySchema>;

export const handlingSummarySchema = z.object({
  id: z.uuid(),
  callId: z.uuid(),
  agentId: z.uuid(),
  agentNumber: z.string(),
  agentName: z.string(),
  phase: handlingPhaseSchema,
  offeredAt: time,
  answeredAt: time.nullable(),
  endedAt: time.nullable(),
  wrapUpCompletedAt: time.nullable(),
});
export type HandlingSummary = z.infer<typeof handlingSummarySchema>;

/** `GET /api/calls/:id`. `verdicts` are of the handling that talked (the last one), and per handling below. */
export const callDetailSchema = callSummarySchema.extend({
  timeline: z.array(timelineEventSchema),
  verdicts: z.array(verdictSchema),
  handlings: z.array(handlingSummarySchema.extend({ verdicts: z.array(verdictSchema) })),
  recordings: z.array(
    z.object({
      id: z.uuid(),
      state: z.string(),
      startedAt: time.nullable(),
      durationMs: z.number().nullable(),
    }),
  ),
});
export type CallDetail = z.infer<typeof callDetailSchema>;

export const callQuerySchema = z.strictObject({
  outcome: callOutcomeSchema.optional(),
  agentId: z.uuid().optional(),
  fromNumber: z.string().max(40).optional(),
  /** ISO times; arrived at or after / before. */
  since: time.optional(),
  until: time.optional(),
  limit: z.coerce.number().int().min(1).max(500).default(50),
  /** As given by `next` of the page before. */
  cursor: z.string().max(200).optional(),
});
export type CallQuery = z.infer<typeof callQuerySchema>;

/** Any list that pages. */
export const pageOf = <T extends z.ZodType>(item: T) =>
  z.object({ items: z.array(item), next: z.string().nullable() });
export interface Page<T> {
  items: T[];
  next: string | null;
}
