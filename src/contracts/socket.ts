import { z } from 'zod';
import type { DeskCall } from './call.js';
import type { Floor } from './floor.js';
import { type HelpView, helpModeSchema } from './live-help.js';
import { notReadyReasons, type Presence } from './presence.js';
import type { RefusalBody } from './refusal.js';
import type { SoftphoneAccount } from './softphone.js';
import { soundSampleSchema } from './sound-quality.js';
import { line, prose } from './text.js';
import { durationMs } from './time.js';
import { targetWishSchema } from './transfer.js';
import { wrapUpDraftSchema, wrapUpSchema } from './wrap-up.js';

/**
 * The one wire map of socket.io: commands with their schemas, events with their types. A command is answered by an
 * acknowledgement `CommandAnswer`. Unknown fields are refused.
 */
const onCall = z.strictObject({ callId: z.uuid() });
/** Clause 26.6: reason and consent come before anything happens. */
const transferWish = onCall.extend({
  target: targetWishSchema,
  reason: line(64),
  consent: z.boolean(),
  /** What the customer wants: the target sees it before taking over (clause 26.8). */
  matter: prose(500).trim().default(''),
});

export const commandSchemas = {
  /** Makes this tab the agent's softphone; answers its account. An account made earlier is revoked. */
  'lead-device': z.strictObject({
    clientId: line(64).min(8),
    takeOver: z.boolean().default(false),
    /**
     * The account that this very page still uses: given after a mere reconnection of the socket, it is kept, and so is
     * the call on it. Left out after a (re)load of the page, whose earlier softphone is gone.
     */
    resuming: line(80).optional(),
  }),
  /**
   * The softphone registered (true) or lost its registration. `legs`: what it still holds, by which the server tells a
   * phone that only lost its signalling from one that lost the call too.
   */
  'report-device': z.strictObject({
    registered: z.boolean(),
    legs: z.array(line(80)).max(20).default([]),
  }),
  'set-presence': z.discriminatedUnion('state', [
    z.strictObject({ state: z.literal('ready') }),
    z.strictObject({ state: z.literal('not-ready'), reason: z.enum(notReadyReasons) }),
  ]),
  /** Told by the client just before it accepts the INVITE: who pressed it, for the record. */
  'answer-call': onCall,
  'reject-call': onCall,
  'file-shown': onCall,
  'hold-call': onCall.extend({
    reason: line(64),
    consent: z.boolean(),
    limitMs: durationMs.max(600_000),
  }),
  'resume-call': onCall,
  'mute-call': onCall,
  'unmute-call': onCall,
  'send-digits': onCall.extend({ digits: z.string().regex(/^[0-9A-D*#]{1,32}$/) }),
  /** Without a reason the guard waits for the customer; with one the call ends at once. */
  'hang-up-call': onCall.extend({ reason: line(64).optional() }),
  'withdraw-hang-up': onCall,
  /** The customer waits with music while agent and target talk first. */
  'transfer-call': transferWish,
  /** The target comes into the running talk as soon as it answers: a conference. */
  'invite-to-call': transferWish,
  /** The customer goes to the target, who has answered. */
  'complete-transfer': onCall,
  /** Back to the customer. */
  'withdraw-transfer': onCall,
  'swap-transfer': onCall,
  /** Everybody together. */
  'merge-transfer': onCall,
  'drop-member': onCall.extend({ memberId: line(64) }),
  /** The others talk on without this agent. */
  'leave-conference': onCall,
  'call-for-help': onCall,
  'withdraw-call-for-help': onCall,
  /** A lead comes to a call, or changes how: the lead's own softphone is rung and answers by itself. */
  'help-call': onCall.extend({ mode: helpModeSchema }),
  'end-help': onCall,
  'take-over-call': onCall,
  /** An outbound call after its pre-call sheet (clause 25): to a number as typed, or to the customer of a call. */
  'dial-number': z
    .strictObject({
      number: line(40).min(1).optional(),
      customerOf: z.uuid().optional(),
      purpose: line(64),
      points: prose(2000).default(''),
    })
    .refine(({ number, customerOf }) => (number === undefined) !== (customerOf === undefined), {
      path: ['number'],
    }),
  /** What the softphone measured of its own leg since its last report. */
  'report-sound': onCall.extend({ legId: line(80), sample: soundSampleSchema }),
  /** The microphone went in the middle of the talk and no other was found, or there is one again. */
  'report-microphone': onCall.extend({ lost: z.boolean() }),
  'save-wrap-up-draft': onCall.extend({ draft: wrapUpDraftSchema }),
  'complete-wrap-up': onCall.extend({ record: wrapUpSchema }),
  'watch-floor': z.strictObject({}),
  'acknowledge-alarm': z.strictObject({ alarmId: z.uuid() }),
} as const;

export type CommandName = keyof typeof commandSchemas;
export type CommandInput<N extends CommandName> = z.input<(typeof commandSchemas)[N]>;
export type CommandPayload<N extends CommandName> = z.output<(typeof commandSchemas)[N]>;

/** What a command answers beside "done". */
export interface CommandResults {
  'lead-device': SoftphoneAccount;
  'watch-floor': Floor;
  'dial-number': { callId: string };
}
export type CommandResult<N extends CommandName> = N extends keyof CommandResults ? CommandResults[N] : null;

export type CommandAnswer<N extends CommandName = CommandName> =
  | { ok: true; result: CommandResult<N> }
  | { ok: false; refusal: RefusalBody };

/** What an agent's desk is told at once after connecting and at every change. */
export interface DeskSnapshot {
  presence: Presence;
  /** The call at the desk: ringing, talking or in wrap-up; null when there is none. */
  call: DeskCall | null;
  queues: { name: string; waiting: number; longestSince: string | null }[];
  today: { handled: number };
  /** The call that this person helps in. */
  help: HelpView | null;
  serverTime: string;
}

export interface ServerEvents {
  /** Everything a desk shows, after (re)connecting. */
  'desk.snapshot': DeskSnapshot;
  'presence.changed': Presence;
  /** The agent's call changed; null: the desk is free. */
  'call.changed': DeskCall | null;
  /** The call that this lead helps in changed; null: in none. */
  'help.changed': HelpView | null;
  'queues.changed': DeskSnapshot['queues'];
  /** Another tab or machine leads the softphone now. */
  'device.led-elsewhere': Record<string, never>;
  /** What this person may do has changed: the page reads its session again. */
  'session.changed': Record<string, never>;
  /** The session ended (sign-out elsewhere, expiry, dismissal): sign in again. */
  'session.ended': { code: string };
  /** This tab sends more than it may, and is closed. */
  'connection.refused': { code: string };
  'floor.changed': Floor;
  /** A score was submitted for a handling of this agent. */
  'result.published': { evaluationId: string };
}
export type ServerEventName = keyof ServerEvents;
