import { z } from 'zod';
import { callStateSchema } from './call.js';
import { helpModeSchema } from './live-help.js';
import { presenceSchema } from './presence.js';

const time = z.iso.datetime();

export const queueStatusSchema = z.object({
  id: z.uuid(),
  name: z.string(),
  waiting: z.number().int(),
  /** Arrival of the one who waits longest: the client counts from it. */
  longestSince: time.nullable(),
  agentsReady: z.number().int(),
  /** Today, house time: offered to agents' queues, answered, abandoned. */
  today: z.object({
    arrived: z.number().int(),
    answered: z.number().int(),
    abandoned: z.number().int(),
    /** Answered within `serviceLevelSeconds` of all that were answered or abandoned later than it; null without calls. */
    serviceLevel: z.number().nullable(),
    serviceLevelSeconds: z.number(),
  }),
});
export type QueueStatus = z.infer<typeof queueStatusSchema>;

/** `help`: an agent asks for a lead now. */
export const alarmLevels = ['help', 'reminder', 'limit', 'ceiling', 'missed', 'breach'] as const;
/** What alarms a team lead; each has a text in both languages: `alarms.<code>`. */
export const alarmCodes = [
  'hold.reminder',
  'hold.limit',
  'hold.ceiling',
  'hold.by-device',
  'ring.missed',
  'ring.rejected',
  'ring.unreachable',
  'agent.lost',
  'agent.away',
  'microphone.lost',
  'help.called',
  'transfer.failed',
  'sound.bad',
  'edge.attacked',
] as const;
export const alarmSchema = z.object({
  id: z.uuid(),
  at: time,
  level: z.enum(alarmLevels),
  code: z.enum(alarmCodes),
  /** Of the standard; empty for alarms that are about no clause. */
  clause: z.string(),
  /** Null for alarms about the house and not about a call. */
  callId: z.uuid().nullable(),
  agentId: z.uuid().nullable(),
  agentNumber: z.string(),
  /** What it is about where that is no agent: an address. */
  detail: z.string(),
  acknowledgedBy: z.string().nullable(),
});
export type Alarm = z.infer<typeof alarmSchema>;

/** A call as the board shows it. */
export const floorCallSchema = z.object({
  callId: z.uuid(),
  state: callStateSchema,
  fromNumber: z.string(),
  queueName: z.string().nullable(),
  agentId: z.uuid().nullable(),
  arrivedAt: time,
  stateSince: time,
  holdLimitAt: time.nullable(),
  holdCeilingAt: time.nullable(),
  /** Since when the agent calls for help; null: not. */
  helpCalledAt: time.nullable(),
  /** Since when the agent's phone is away from the talk; null: it is there. */
  awaySince: time.nullable(),
  /** Leads in the call. */
  helpers: z.array(z.object({ leadId: z.uuid(), leadName: z.string(), mode: helpModeSchema })),
  transferring: z.boolean(),
});
export type FloorCall = z.infer<typeof floorCallSchema>;

/** `GET /api/floor` and the event `floor.changed`: replaced as a whole. */
export const floorSchema = z.object({
  at: time,
  queues: z.array(queueStatusSchema),
  agents: z.array(presenceSchema),
  calls: z.array(floorCallSchema),
  alarms: z.array(alarmSchema),
});
export type Floor = z.infer<typeof floorSchema>;
