import { z } from 'zod';

export const presenceStates = ['offline', 'ready', 'not-ready', 'ringing', 'talking', 'wrap-up'] as const;
export const presenceStateSchema = z.enum(presenceStates);
export type PresenceState = z.infer<typeof presenceStateSchema>;

/** Reasons an agent gives, and those the server sets by itself (missed a call, softphone gone, a lead who helps, the last call of somebody who leaves). */
export const notReadyReasons = ['break', 'meal', 'training', 'meeting', 'back-office', 'other'] as const;
export const imposedNotReadyReasons = [
  'signed-in',
  'missed-call',
  'device-lost',
  'helping',
  'finishing',
] as const;
export const notReadyReasonSchema = z.enum([...notReadyReasons, ...imposedNotReadyReasons]);
export type NotReadyReason = z.infer<typeof notReadyReasonSchema>;

export const presenceSchema = z.object({
  agentId: z.uuid(),
  agentNumber: z.string(),
  name: z.string(),
  state: presenceStateSchema,
  /** ISO time the state began: the client counts from it. */
  since: z.iso.datetime(),
  reason: notReadyReasonSchema.nullable(),
  callId: z.uuid().nullable(),
  handlingId: z.uuid().nullable(),
  /** A softphone is registered and may be rung. */
  deviceReady: z.boolean(),
  /** What the agent asked for while busy; taken when the call is wrapped up. */
  next: z.enum(['ready', 'not-ready']).nullable(),
  nextReason: notReadyReasonSchema.nullable(),
});
export type Presence = z.infer<typeof presenceSchema>;
