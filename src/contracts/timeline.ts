import { z } from 'zod';
import { flowStepKinds, flowWays } from './flow.js';
import { helpEndings, helpModeSchema } from './live-help.js';
import { soundSideSchema } from './sound-quality.js';
import { targetSchema, transferFailures, transferModes } from './transfer.js';
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

/** `outside`: the party to whom the customer was handed over. */
export const endedBySchema = z.enum(['customer', 'agent', 'system', 'engine', 'outside']);
export type EndedBy = z.infer<typeof endedBySchema>;
export const speakerSchema = z.enum(['customer', 'agent']);
export type Speaker = z.infer<typeof speakerSchema>;

/** Why an outside number did not answer. */
export const partyRefusals = [
  'busy',
  'rejected',
  'no-answer',
  'unknown-number',
  'unreachable',
  'failed',
] as const;
export type PartyRefusal = (typeof partyRefusals)[number];
const refusedBy = { why: z.enum(partyRefusals), sipStatus: z.number().int().nullable() };

const transfer = { ...handling, transferId: z.uuid() };
const help = { ...handling, helpId: z.uuid(), leadId: z.uuid(), leadName: z.string() };

/** Why a ring ended without an answer. */
export const ringMissedReasons = ['three-rings', 'rejected', 'device-lost', 'unreachable', 'failed'] as const;

/**
 * Why an agent's phone left a talk without the agent's will. `page-gone`: its page was loaded again or closed; `no-media`:
 * nothing came from it any more; `engine`: the engine ended its leg.
 */
export const awayReasons = ['page-gone', 'device-lost', 'no-media', 'engine'] as const;
export type AwayReason = (typeof awayReasons)[number];

/** Each kind of fact with its data. `at`, `seq` and `source` are on the envelope. */
export const factSchema = z.discriminatedUnion('kind', [
  event('call.arrived', {
    direction: z.enum(['inbound', 'outbound']),
    channel: z.enum(['trunk', 'web']),
    fromNumber: z.string(),
    fromName: z.string(),
    dialled: z.string(),
    legId: z.string(),
    /** The machine of the engine that carries the call; absent: the only one. */
    node: z.string().optional(),
    /** The policy version in force: the call is judged by it for ever. */
    policyVersion: z.number().int(),
    serviceName: z.string(),
    /** Where the customer goes when an outbound call's agent is lost, or a menu leads nowhere. */
    returnQueue: z.object({ id: z.uuid(), name: z.string() }).optional(),
    /** The flow version in force: the caller is led by it, whatever is published meanwhile. */
    flow: z
      .object({
        flowId: z.uuid(),
        version: z.number().int(),
        recording: z.enum(['with-opening', 'after-opening']),
      })
      .optional(),
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
    /** The ring of a transfer's target; absent: the customer waits for this agent. */
    transferId: z.uuid().optional(),
    /** The customer hears the agent's number before the two are connected. */
    announceNumber: z.literal(true).optional(),
  }),
  /** The phone rings: the first ring starts at this event's time. */
  event('ring.started', handling),
  /** The agent's other page has the phone now: it rings there instead. The ring's time goes on. */
  event('ring.moved', { ...handling, legId: z.string() }),
  event('ring.answered', handling),
  event('ring.missed', { ...handling, why: z.enum(ringMissedReasons) }),
  /** The caller went before the agent answered; not the agent's fault. */
  event('ring.cancelled', handling),
  /** The customer hears the agent's number; the two are connected when it was said. */
  event('agent-number.started', { ...handling, agentNumber: z.string() }),
  event('agent-number.ended', handling),
  event('file.shown', handling),
  event('talk.started', handling),
  event('greeting.confirmed', handling),
  event('speech.started', { ...handling, who: speakerSchema }),
  event('speech.ended', { ...handling, who: speakerSchema, spokeMs: z.number().int() }),
  event('digit.received', { digit: z.string(), who: speakerSchema }),
  event('digit.sent', { ...handling, digits: z.string() }),
  /** So many digits came that the rest of them is not written down one by one. */
  event('digit.flooded', { who: speakerSchema }),
  event('mute.started', handling),
  event('mute.ended', handling),
  /** The agent's microphone went and no other was found: the customer hears nothing of the agent. */
  event('microphone.lost', handling),
  event('microphone.back', handling),
  event('hold.granted', {
    ...handling,
    holdId: z.uuid(),
    reason: z.string(),
    limitMs: z.number().int(),
    /** The wait belongs to a transfer: reason and consent are the transfer's (clause 26.6). */
    transferId: z.uuid().optional(),
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
  /** `not-back`: was away and did not come back in time. */
  event('agent.lost', { ...handling, why: z.enum(['device-lost', 'left', 'engine', 'not-back']) }),
  /** The agent's phone went without the agent's will; the customer waits with music and the agent is awaited. */
  event('agent.away', { ...handling, why: z.enum(awayReasons) }),
  /** The agent's phone is rung again for the running talk, and answers by itself. */
  event('agent.recalled', { ...handling, legId: z.string() }),
  event('agent.recall-failed', { ...handling, legId: z.string(), why: z.enum(ringMissedReasons) }),
  /** The agent, who was away, is with the customer again. */
  event('agent.back', { ...handling, legId: z.string(), awayMs: z.number().int() }),
  /** The agent went on with the talk on another phone of theirs, without a break. */
  event('agent.moved', { ...handling, legId: z.string() }),
  event('customer.left', { by: endedBySchema, cause: z.string() }),
  /** The customer did not agree to be transferred, or to others joining: nothing was done (clause 26.6). */
  event('transfer.declined', { ...handling, reason: z.string(), target: targetSchema }),
  /** The customer was told why and agreed. Mode consult: `hold.granted` with this transfer follows. */
  event('transfer.requested', {
    ...transfer,
    mode: z.enum(transferModes),
    reason: z.string(),
    /** What the customer wants, for the one who takes over (clause 26.8). */
    matter: z.string(),
    target: targetSchema,
  }),
  /** The target answered: agent and target talk. */
  event('transfer.answered', transfer),
  /** The customer and the target changed places. */
  event('transfer.swapped', { ...transfer, with: z.enum(['customer', 'target']) }),
  /** The target and the customer are connected and the agent is out of it. */
  event('transfer.completed', { ...transfer, how: z.enum(['by-agent', 'initiator-left']) }),
  /** Agent, customer and target talk together. */
  event('transfer.merged', transfer),
  event('transfer.withdrawn', transfer),
  event('transfer.failed', { ...transfer, why: z.enum(transferFailures) }),
  /** The target agent of a transfer answered and talks with the agent who asked; about the target's handling. */
  event('consult.started', transfer),
  /** The target's part is over without the customer having come to them; about the target's handling. */
  event('consult.ended', transfer),
  /** Another agent is responsible for the customer from now on. */
  event('charge.passed', {
    ...handling,
    fromHandlingId: handlingId,
    why: z.enum(['transfer', 'left', 'take-over']),
  }),
  /** The customer talks with an outside party and no agent any more. */
  event('customer.handed-over', { ...handling, partyId: z.uuid() }),
  /** An agent came into the talk beside the responsible one. */
  event('member.joined', handling),
  /** An agent who was in a talk beside the responsible one left it. */
  event('member.left', { ...handling, by: z.enum(['self', 'dropped', 'lost']) }),
  event('party.dialled', {
    partyId: z.uuid(),
    transferId: z.uuid(),
    legId: z.string(),
    number: z.string(),
    name: z.string(),
  }),
  event('party.ringing', { partyId: z.uuid() }),
  event('party.answered', { partyId: z.uuid() }),
  event('party.refused', { partyId: z.uuid(), ...refusedBy }),
  event('party.left', { partyId: z.uuid(), by: z.enum(['outside', 'agent', 'system']) }),
  /** The agent asks the lead for help by one key (clause 20). */
  event('help.called', handling),
  event('help.call-withdrawn', handling),
  /** A lead comes to help `handling`'s agent. */
  event('help.requested', { ...help, leadNumber: z.string(), legId: z.string(), mode: helpModeSchema }),
  event('help.answered', help),
  /** The lead wants another mode, or the help goes on with the agent who is responsible now. */
  event('help.mode-requested', { ...help, mode: helpModeSchema }),
  /** The lead's phone is where the mode says. */
  event('help.started', { ...help, mode: helpModeSchema }),
  event('help.ended', { ...help, why: z.enum(helpEndings) }),
  /** The lead takes the customer; `newHandlingId` is the lead's own part in the call. */
  event('help.took-over', { ...help, newHandlingId: z.uuid(), leadNumber: z.string() }),
  /** Before an outbound call (clause 25): why, and what is to be said. */
  event('dial.prepared', {
    ...handling,
    purpose: z.string(),
    points: z.string(),
    callerNumber: z.string(),
    destination: z.string(),
  }),
  event('dial.started', handling),
  event('dial.ringing', handling),
  event('dial.answered', handling),
  event('dial.refused', { ...handling, ...refusedBy }),
  /** `opening`: what every caller hears first. `via`: how the caller came to the step. */
  event('menu.entered', {
    flowId: z.uuid(),
    flowVersion: z.number().int(),
    stepId: z.string(),
    stepName: z.string(),
    stepKind: z.enum(['opening', ...flowStepKinds]),
    via: z.enum(flowWays),
  }),
  /** `label`: what the key was offered for. */
  event('menu.digit', {
    stepId: z.string(),
    stepName: z.string(),
    digit: z.string(),
    known: z.boolean(),
    label: z.string().optional(),
  }),
  event('menu.timed-out', { stepId: z.string() }),
  /**
   * `passed`: nothing was asked; `closed`: outside the hours; `exhausted`: too many wrong or missing answers; `looped`:
   * the flow went round too often; `flow-gone`: it, or the queue it leads to, is not there any more.
   */
  event('menu.left', {
    stepId: z.string(),
    why: z.enum(['passed', 'chosen', 'closed', 'exhausted', 'looped', 'flow-gone']),
    to: z.enum(['queue', 'end']),
  }),
  /** The opening has been heard: from here on the call is recorded. */
  event('recording.due', {}),
  /** The sound of one side got bad by the policy's limits (`quality` there), or good again. `mos`: 1 to 4.5. */
  event('quality.dropped', {
    ...handling,
    side: soundSideSchema,
    mos: z.number(),
    lossShare: z.number(),
    jitterMs: z.number(),
    roundTripMs: z.number().nullable(),
  }),
  event('quality.recovered', { ...handling, side: soundSideSchema }),
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
  /** The house has no telephony node of this name any more: what was on it is over. */
  event('node.retired', { node: z.string() }),
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
