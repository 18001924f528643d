import { EntitySchema } from 'typeorm';

/** A piece of work promised in somebody's transaction. The row, not the queue, is the truth about it. */
export interface OutboxRow {
  id: string;
  topic: string;
  key: string;
  payload: object;
  addedAt: Date;
  /** Last handed to the queue. */
  handedAt: Date | null;
  doneAt: Date | null;
  /** Given up after every attempt. */
  failedAt: Date | null;
  failure: string | null;
}

export const outboxEntity = new EntitySchema<OutboxRow>({
  name: 'outbox',
  columns: {
    id: { type: 'uuid', primary: true },
    topic: { type: 'text' },
    key: { type: 'text' },
    payload: { type: 'jsonb' },
    addedAt: { type: 'timestamptz', name: 'added_at', createDate: true },
    handedAt: { type: 'timestamptz', name: 'handed_at', nullable: true },
    doneAt: { type: 'timestamptz', name: 'done_at', nullable: true },
    failedAt: { type: 'timestamptz', name: 'failed_at', nullable: true },
    failure: { type: 'text', nullable: true },
  },
});
