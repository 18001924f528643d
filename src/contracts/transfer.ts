import { z } from 'zod';
import { line } from './text.js';

/** Whom a transfer or an addition to a conference asks for. */
export const targetKinds = ['agent', 'queue', 'department', 'number'] as const;
export type TargetKind = (typeof targetKinds)[number];

/** As the desk names the target. */
export const targetWishSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('agent'), agentId: z.uuid() }),
  z.strictObject({ kind: z.literal('queue'), queueId: z.uuid() }),
  /** An entry of the house's phone book. */
  z.strictObject({ kind: z.literal('department'), entryId: z.uuid() }),
  /** As typed: the server normalises it and asks whether the role may dial it. */
  z.strictObject({ kind: z.literal('number'), number: line(40).min(1) }),
]);
export type TargetWish = z.infer<typeof targetWishSchema>;

/** The target as it is on record. */
export const targetSchema = z.strictObject({
  kind: z.enum(targetKinds),
  /** Agent, queue or phone-book entry; null for a number. */
  id: z.uuid().nullable(),
  name: z.string(),
  /** An agent's number, or what was dialled; null for a queue. */
  number: z.string().nullable(),
});
export type Target = z.infer<typeof targetSchema>;

/**
 * consult: the customer waits with music while agent and target talk first; join: the target is brought into the running
 * talk as soon as it answers.
 */
export const transferModes = ['consult', 'join'] as const;
export type TransferMode = (typeof transferModes)[number];

/**
 * Why nothing came of it; `withdrawn`: the agent took the customer back; `target-left`: the target answered and went before
 * the customer was handed over.
 */
export const transferFailures = [
  'busy',
  'rejected',
  'no-answer',
  'unknown-number',
  'unreachable',
  'failed',
  'target-left',
  'initiator-left',
  'initiator-away',
  'customer-left',
] as const;
export type TransferFailure = (typeof transferFailures)[number];

/** Where a target stands, for the agent who asks whom to transfer to. */
export const transferTargetsSchema = z.object({
  agents: z.array(
    z.object({ id: z.uuid(), number: z.string(), name: z.string(), state: z.string(), free: z.boolean() }),
  ),
  queues: z.array(
    z.object({ id: z.uuid(), name: z.string(), agentsReady: z.number().int(), waiting: z.number().int() }),
  ),
  departments: z.array(z.object({ id: z.uuid(), zh: z.string(), en: z.string(), number: z.string() })),
});
/** `GET /api/transfer-targets` */
export type TransferTargets = z.infer<typeof transferTargetsSchema>;
