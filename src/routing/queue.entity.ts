import { EntitySchema } from 'typeorm';

export interface QueueRow {
  id: string;
  name: string;
  /** Dialled by customers. */
  number: string;
}

export interface QueueMemberRow {
  queueId: string;
  agentId: string;
}

export const queueEntity = new EntitySchema<QueueRow>({
  name: 'queue',
  tableName: 'queues',
  columns: {
    id: { type: 'uuid', primary: true },
    name: { type: 'text' },
    number: { type: 'text' },
  },
});

export const queueMemberEntity = new EntitySchema<QueueMemberRow>({
  name: 'queueMember',
  tableName: 'queue_members',
  columns: {
    queueId: { type: 'uuid', name: 'queue_id', primary: true },
    agentId: { type: 'uuid', name: 'agent_id', primary: true },
  },
});
