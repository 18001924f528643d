import { z } from 'zod';
import type { DeskCall } from './call.js';
import type { Floor } from './floor.js';
import { notReadyReasons, type Presence } from './presence.js';
import type { RefusalBody } from './refusal.js';
import type { SoftphoneAccount } from './softphone.js';
import { wrapUpDraftSchema, wrapUpSchema } from './wrap-up.js';

/**
 * The one wire map of socket.io: commands with their schemas, events with their types. A command is answered by an
 * acknowledgement `CommandAnswer`. Unknown fields are refused.
 */
const onCall = z.strictObject({ callId: z.uuid() });

export const commandSchemas = {
  /** Makes this tab the agent's softphone; answers its account. An account made earlier is revoked. */
  'lead-device': z.strictObject({
    clientId: z.string().min(8).max(64),
    takeOver: z.boolean().default(false),
    /**
     * The account that this very page still uses: given after a mere reconnection of the socket, it is kept, and so is
     * the call on it. Left out after a (re)load of the page, whose earlier softphone is gone.
     */
    resuming: z.string().max(80).optional(),
  }),
  /** The softphone registered (true) or lost its registration. */
  'report-device': z.strictObject({ registered: z.boolean() }),
  'set-presence': z.discriminatedUnion('state', [
    z.strictObject({ state: z.literal('ready') }),
    z.strictObject({ state: z.literal('not-ready'), reason: z.enum(notReadyReasons) }),
  ]),
  /** Told by the client just before it accepts the INVITE: who pressed it, for the record. */
  'answer-call': onCall,
  'reject-call': onCall,
  'file-shown': onCall,
  'hold-call': onCall.extend({
    reason: z.string().max(64),
    consent: z.boolean(),
    limitMs: z.number().int().positive().max(600_000),
  }),
  'resume-call': onCall,
  'mute-call': onCall,
  'unmute-call': onCall,
  'send-digits': onCall.extend({ digits: z.string().regex(/^[0-9A-D*#]{1,32}$/) }),
  /** Without a reason the guard waits for the customer; with one the call ends at once. */
  'hang-up-call': onCall.extend({ reason: z.string().max(64).optional() }),
  'withdraw-hang-up': onCall,
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
  serverTime: string;
}

export interface ServerEvents {
  /** Everything a desk shows, after (re)connecting. */
  'desk.snapshot': DeskSnapshot;
  'presence.changed': Presence;
  /** The agent's call changed; null: the desk is free. */
  'call.changed': DeskCall | null;
  'queues.changed': DeskSnapshot['queues'];
  /** Another tab or machine leads the softphone now. */
  'device.led-elsewhere': Record<string, never>;
  /** The session ended (sign-out elsewhere, expiry): sign in again. */
  'session.ended': { code: string };
  'floor.changed': Floor;
  /** A score was submitted for a handling of this agent. */
  'result.published': { evaluationId: string };
}
export type ServerEventName = keyof ServerEvents;
