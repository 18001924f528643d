import { EntitySchema } from 'typeorm';
import type { FactKind, TimelineEvent } from '../contracts/timeline.js';

export interface TimelineEventRow {
  callId: string;
  seq: number;
  at: Date;
  source: TimelineEvent['source'];
  kind: FactKind;
  data: TimelineEvent['data'];
}

/** Append-only: the database refuses to change or delete a row. */
export const timelineEventEntity = new EntitySchema<TimelineEventRow>({
  name: 'timeline_event',
  tableName: 'timeline_events',
  columns: {
    callId: { type: 'uuid', primary: true, name: 'call_id' },
    seq: { type: 'integer', primary: true },
    at: { type: 'timestamptz' },
    source: { type: 'text' },
    kind: { type: 'text' },
    data: { type: 'jsonb' },
  },
});

/** The fact as it was told. */
export function factOf(row: TimelineEventRow): TimelineEvent {
  const { callId, seq, source, kind, data } = row;
  return { callId, seq, source, kind, data, at: row.at.toISOString() } as TimelineEvent;
}
