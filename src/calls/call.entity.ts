import { EntitySchema } from 'typeorm';
import type { CallOutcome, CallState } from '../contracts/call.js';

/** A call as lists show it: computed from its timeline at every fact, never written otherwise. */
export interface CallRow {
  id: string;
  /** The machine of the engine that carries it. */
  node: string;
  /** Number of facts of the timeline. */
  version: number;
  state: CallState;
  outcome: CallOutcome;
  direction: 'inbound' | 'outbound';
  channel: 'trunk' | 'web';
  fromNumber: string;
  fromName: string;
  dialled: string;
  queueId: string | null;
  queueName: string | null;
  policyVersion: number;
  arrivedAt: Date;
  queuedAt: Date | null;
  answeredAt: Date | null;
  endedAt: Date | null;
  endedBy: string | null;
  talkedMs: number | null;
  heldMs: number;
  holds: number;
  /** Ended and wrapped up: no process needs to watch it any more. */
  settled: boolean;
}

export const callEntity = new EntitySchema<CallRow>({
  name: 'call',
  tableName: 'calls',
  columns: {
    id: { type: 'uuid', primary: true },
    node: { type: 'text' },
    version: { type: 'integer' },
    state: { type: 'text' },
    outcome: { type: 'text' },
    direction: { type: 'text' },
    channel: { type: 'text' },
    fromNumber: { type: 'text', name: 'from_number' },
    fromName: { type: 'text', name: 'from_name' },
    dialled: { type: 'text' },
    queueId: { type: 'uuid', name: 'queue_id', nullable: true },
    queueName: { type: 'text', name: 'queue_name', nullable: true },
    policyVersion: { type: 'integer', name: 'policy_version' },
    arrivedAt: { type: 'timestamptz', name: 'arrived_at' },
    queuedAt: { type: 'timestamptz', name: 'queued_at', nullable: true },
    answeredAt: { type: 'timestamptz', name: 'answered_at', nullable: true },
    endedAt: { type: 'timestamptz', name: 'ended_at', nullable: true },
    endedBy: { type: 'text', name: 'ended_by', nullable: true },
    talkedMs: { type: 'integer', name: 'talked_ms', nullable: true },
    heldMs: { type: 'integer', name: 'held_ms' },
    holds: { type: 'integer' },
    settled: { type: 'boolean' },
  },
});
