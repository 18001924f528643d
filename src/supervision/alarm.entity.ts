import { EntitySchema } from 'typeorm';
import type { Alarm } from '../contracts/floor.js';

export interface AlarmRow {
  id: string;
  callId: string | null;
  /** The fact's place in the call's timeline: one alarm a fact. 0 for alarms that belong to no call. */
  seq: number;
  at: Date;
  level: Alarm['level'];
  code: Alarm['code'];
  clause: string;
  agentId: string | null;
  detail: string;
  acknowledgedBy: string | null;
  acknowledgedAt: Date | null;
}

export const alarmEntity = new EntitySchema<AlarmRow>({
  name: 'alarm',
  tableName: 'alarms',
  columns: {
    id: { type: 'uuid', primary: true },
    callId: { type: 'uuid', name: 'call_id', nullable: true },
    seq: { type: 'integer' },
    at: { type: 'timestamptz' },
    level: { type: 'text' },
    code: { type: 'text' },
    clause: { type: 'text' },
    agentId: { type: 'uuid', name: 'agent_id', nullable: true },
    detail: { type: 'text' },
    acknowledgedBy: { type: 'text', name: 'acknowledged_by', nullable: true },
    acknowledgedAt: { type: 'timestamptz', name: 'acknowledged_at', nullable: true },
  },
});
