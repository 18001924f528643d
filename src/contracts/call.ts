import { z } from 'zod';
import { helpModeSchema } from './live-help.js';
import { cursorSchema } from './page-cursor.js';
import { line } from './text.js';
import { instant } from './time.js';
import { timelineEventSchema } from './timeline.js';
import { targetSchema, transferModes } from './transfer.js';
import { verdictSchema } from './verdict.js';
import { wrapUpDraftSchema } from './wrap-up.js';

/**
 * arriving: known, not yet opened; menu: hears the announcements before the queue; queued: waits for an agent; dialling: an
 * agent is there and the customer is being rung; handed-over: talks with an outside party, without an agent; ended: every
 * leg has gone.
 */
export const callStates = [
  'arriving',
  'menu',
  'queued',
  'ringing',
  'dialling',
  'talking',
  'held',
  'handed-over',
  'ended',
] as const;
export const callStateSchema = z.enum(callStates);
export type CallState = z.infer<typeof callStateSchema>;

/**
 * in-progress until the end; answered: an agent talked with the customer; abandoned: the customer went while waiting or
 * ringing; missed: the system ended it before an agent talked; turned-away: never opened; lost: the engine lost it;
 * closed: the menu told the caller that nobody is there, or led to a message; not-reached: an outbound call that the
 * customer did not answer.
 */
export const callOutcomes = [
  'in-progress',
  'answered',
  'abandoned',
  'missed',
  'turned-away',
  'lost',
  'closed',
  'not-reached',
] as const;
export const callOutcomeSchema = z.enum(callOutcomes);
export type CallOutcome = z.infer<typeof callOutcomeSchema>;

export const handlingPhases = [
  'offered',
  'ringing',
  /** A transfer's target that talks with the agent who asked, not yet with the customer. */
  'consulted',
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
  'transfer-call',
  'invite-to-call',
  'complete-transfer',
  'withdraw-transfer',
  'swap-transfer',
  'merge-transfer',
  'drop-member',
  'leave-conference',
  'call-for-help',
  'withdraw-call-for-help',
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
  transferAsk: z.object({ zh: z.string(), en: z.string() }),
  /** For the one who takes over (clause 26.8). */
  transferThanks: z.object({ zh: z.string(), en: z.string() }),
});
export type CallScript = z.infer<typeof callScriptSchema>;

/** Alarm levels of a running hold, from the timeline. */
export const holdAlarmSchema = z.enum(['none', 'reminder', 'limit', 'ceiling']);

/** main: responsible for the customer; target: asked by another agent; member: in the talk beside the responsible one. */
export const seatSchema = z.enum(['main', 'target', 'member']);
export type Seat = z.infer<typeof seatSchema>;

/** Somebody else in the call. `away`: waits with music. */
export const callMemberSchema = z.object({
  memberId: z.string(),
  kind: z.enum(['customer', 'agent', 'outside', 'lead']),
  name: z.string(),
  number: z.string(),
  state: z.enum(['ringing', 'here', 'away']),
  droppable: z.boolean(),
});
export type CallMember = z.infer<typeof callMemberSchema>;

/** The transfer or invitation under way. */
export const deskTransferSchema = z.object({
  transferId: z.uuid(),
  mode: z.enum(transferModes),
  reason: z.string(),
  target: targetSchema,
  /** waiting: no phone rings yet; talking: with the target; swapped: with the customer, the target waits. */
  state: z.enum(['waiting', 'ringing', 'talking', 'swapped']),
  requestedAt: time,
  answeredAt: time.nullable(),
  /** Until when the target may answer; the customer comes back then. */
  patienceUntil: time,
});
export type DeskTransfer = z.infer<typeof deskTransferSchema>;

/** What the target of a transfer sees before taking the customer (clause 26.8). */
export const briefingSchema = z.object({
  fromAgentNumber: z.string(),
  fromAgentName: z.string(),
  reason: z.string(),
  customerName: z.string(),
  topic: z.string(),
  note: z.string(),
  /** Since when the customer waits; null while talking. */
  waitingSince: time.nullable(),
});
export type Briefing = z.infer<typeof briefingSchema>;

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
  /** What the customer chose in the menus before the queue, in order. */
  menuChoices: z.array(z.object({ stepName: z.string(), digit: z.string(), label: z.string() })),
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
  /** The leg by which the agent's phone is rung for the running talk: it answers by itself. */
  recallLegId: z.string().nullable(),
  /** The agent's phone went in the middle of the talk; the customer waits with music until then at most. */
  away: z.object({ since: time, until: time }).nullable(),
  /** The customer hears the agent's number; the two are connected when it has been said. */
  announcing: z.boolean(),
  /** The customer had been talking with this agent, who was lost: they begin anew with somebody else. */
  lostBefore: z.object({ agentNumber: z.string(), at: time }).nullable(),
  timers: callTimersSchema,
  allowed: z.array(callCommandSchema),
  script: callScriptSchema,
  verdicts: z.array(verdictSchema),
  draft: wrapUpDraftSchema,
  direction: z.enum(['inbound', 'outbound']),
  /** Outbound: what the call is for, and how far the dialling is; the desk plays the ring-back while it rings. */
  dial: z
    .object({
      purpose: z.string(),
      points: z.string(),
      startedAt: time.nullable(),
      ringingAt: time.nullable(),
      answeredAt: time.nullable(),
      refused: z.string().nullable(),
    })
    .nullable(),
  seat: seatSchema,
  transfer: deskTransferSchema.nullable(),
  /** How the last transfer ended without success; null when it succeeded or another was begun. */
  transferFailed: z.object({ why: z.string(), target: targetSchema }).nullable(),
  briefing: briefingSchema.nullable(),
  members: z.array(callMemberSchema),
  /** Since when help is called for; null: not. */
  helpCalledAt: time.nullable(),
  /** Leads in the call, as far as the policy lets the agent know. */
  helpers: z.array(z.object({ leadName: z.string(), mode: helpModeSchema })),
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

export const callQuerySchema = z
  .strictObject({
    outcome: callOutcomeSchema.optional(),
    agentId: z.uuid().optional(),
    /** The customer's number in full: for those who may search by it. */
    fromNumber: line(40).min(1).optional(),
    /** The other calls of this call's customer: for agents while they have the call. */
    historyOf: z.uuid().optional(),
    /** ISO times; arrived at or after / before. */
    since: instant.optional(),
    until: instant.optional(),
    limit: z.coerce.number().int().min(1).max(500).default(50),
    /** As given by `next` of the page before. */
    cursor: cursorSchema.optional(),
  })
  .refine(({ fromNumber, historyOf }) => fromNumber === undefined || historyOf === undefined, {
    path: ['historyOf'],
  });
export type CallQuery = z.infer<typeof callQuerySchema>;

/** Why somebody who does not talk with the customer looks at the number. */
export const revealReasons = ['call-back', 'complaint', 'record-check', 'misuse'] as const;

export type RevealReason = (typeof revealReasons)[number];

/** `POST /api/calls/:id/reveal`. An agent who has the call at the desk needs no other reason. */
export const revealWishSchema = z.strictObject({ reason: z.enum(revealReasons).optional() });
export type RevealWish = z.infer<typeof revealWishSchema>;

/** What is masked elsewhere, whole: the customer's number and name, and what agents wrote down about them. */
export const revealedSchema = z.object({
  number: z.string(),
  name: z.string(),
  records: z.array(z.object({ handlingId: z.uuid(), record: wrapUpDraftSchema })),
});
export type Revealed = z.infer<typeof revealedSchema>;

/** Any list that pages. */
export const pageOf = <T extends z.ZodType>(item: T) =>
  z.object({ items: z.array(item), next: z.string().nullable() });
export interface Page<T> {
  items: T[];
  next: string | null;
}
