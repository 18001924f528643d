import { z } from 'zod';
import { wrapUpSchema } from './wrap-up.js';

/**
 * The timeline: one call's facts in order, append-only. The call's state, the verdicts, boards and reports are computed
 * from it and from nothing else.
 */

const event = <K extends string, S extends z.ZodRawShape>(kind: K, data: S) =>
  z.object({ kind: z.literal(kind), data: z.strictObject(data) });

const agentId = z.uuid();
const handlingId = z.uuid();
const handling = { handlingId, agentId };

export const endedBySchema = z.enum(['customer', 'agent', 'system', 'engine']);
export type EndedBy = z.infer<typeof endedBySchema>;
export const speakerSchema = z.enum(['customer', 'agent']);
export type Speaker = z.infer<typeof speakerSchema>;

/** Why a ring ended without an answer. */
export const ringMissedReasons = ['three-rings', 'rejected', 'device-lost', 'unreachable', 'failed'] as const;

/** Each kind of fact with its data. `at`, `seq` and `source` are on the envelope. */
export const factSchema = z.discriminatedUnion('kind', [
  event('call.arrived', {
    direction: z.enum(['inbound', 'outbound']),
    channel: z.enum(['trunk', 'web']),
    fromNumber: z.string(),
    fromName: z.string(),
    dialled: z.string(),
    legId: z.string(),
    /** The policy version in force: the call is judged by it for ever. */
    policyVersion: z.number().int(),
    serviceName: z.string(),
  }),
  event('call.turned-away', { why: z.enum(['unknown-number', 'forbidden', 'no-audio', 'busy']) }),
  event('line.opened', {}),
  /** `front`: the customer had been talking and lost the agent; nobody who came later goes first. */
  event('queue.entered', { queueId: z.uuid(), queueName: z.string(), front: z.boolean() }),
  event('prompt.started', { promptId: z.string(), sound: z.string() }),
  event('prompt.finished', { promptId: z.string() }),
  event('waiting.started', {}),
  event('ring.offered', {
    ...handling,
    agentNumber: z.string(),
    legId: z.string(),
    attempt: z.number().int(),
  }),
  /** The phone rings: the first ring starts at this event's time. */
  event('ring.started', handling),
  event('ring.answered', handling),
  event('ring.missed', { ...handling, why: z.enum(ringMissedReasons) }),
  /** The caller went before the agent answered; not the agent's fault. */
  event('ring.cancelled', handling),
  event('file.shown', handling),
  event('talk.started', handling),
  event('greeting.confirmed', handling),
  event('speech.started', { ...handling, who: speakerSchema }),
  event('speech.ended', { ...handling, who: speakerSchema, spokeMs: z.number().int() }),
  event('digit.received', { digit: z.string(), who: speakerSchema }),
  event('digit.sent', { ...handling, digits: z.string() }),
  event('mute.started', handling),
  event('mute.ended', handling),
  event('hold.granted', {
    ...handling,
    holdId: z.uuid(),
    reason: z.string(),
    limitMs: z.number().int(),
  }),
  /** The customer did not agree to wait: nothing was held. */
  event('hold.declined', { ...handling, reason: z.string() }),
  event('hold.started', { ...handling, holdId: z.uuid() }),
  event('hold.reminded', { ...handling, holdId: z.uuid() }),
  event('hold.limit-reached', { ...handling, holdId: z.uuid() }),
  event('hold.ceiling-reached', { ...handling, holdId: z.uuid() }),
  event('hold.resume-requested', { ...handling, holdId: z.uuid() }),
  event('hold.ended', { ...handling, holdId: z.uuid(), heldMs: z.number().int() }),
  /** The phone put the customer on hold by itself: no reason, no consent (clause 24.13). */
  event('hold.by-device', handling),
  event('hold.by-device-ended', handling),
  /** The agent pressed hang up with the customer still there; the guard waits for the customer (clauses 23.15, 27.2). */
  event('hang-up.requested', { ...handling, graceUntil: z.iso.datetime(), reason: z.string().nullable() }),
  event('hang-up.withdrawn', handling),
  event('hang-up.carried-out', { ...handling, reason: z.string().nullable() }),
  event('agent.lost', { ...handling, why: z.enum(['device-lost', 'left', 'engine']) }),
  event('customer.left', { by: endedBySchema, cause: z.string() }),
  event('recording.started', { recordingId: z.uuid() }),
  event('recording.finished', { recordingId: z.uuid() }),
  event('call.ended', {
    by: endedBySchema,
    cause: z.string(),
  }),
  event('wrap-up.started', handling),
  event('wrap-up.completed', { ...handling, record: wrapUpSchema }),
  /** Nothing is known of this stretch: the server was not connected to the engine. */
  event('engine.gap', { from: z.iso.datetime(), until: z.iso.datetime() }),
]);
export type Fact = z.infer<typeof factSchema>;
export type FactKind = Fact['kind'];
export type FactOf<K extends FactKind> = Extract<Fact, { kind: K }>;

export const sourceSchema = z.enum(['engine', 'agent', 'customer', 'lead', 'system']);

const envelope = z.object({
  callId: z.uuid(),
  /** 1, 2, 3 … within the call, without gaps. */
  seq: z.number().int().positive(),
  /** When it happened: the engine's timestamp for what the engine saw. */
  at: z.iso.datetime(),
  source: sourceSchema,
});

export const timelineEventSchema = z.intersection(envelope, factSchema);
/** A recorded fact. */
export type TimelineEvent = z.infer<typeof envelope> & Fact;
export type TimelineEventOf<K extends FactKind> = z.infer<typeof envelope> & FactOf<K>;
