import { EntitySchema } from 'typeorm';
import type { FlowDocument } from '../contracts/flow.js';

/** One version of a service number's flow. Rows are only ever added. */
export interface FlowVersionRecord {
  number: string;
  version: number;
  /** The same for all versions of a number. */
  flowId: string;
  createdAt: Date;
  createdBy: string;
  why: string;
  document: FlowDocument;
}

export const flowVersionEntity = new EntitySchema<FlowVersionRecord>({
  name: 'flowVersion',
  tableName: 'flow_versions',
  columns: {
    number: { type: 'text', primary: true },
    version: { type: 'int', primary: true },
    flowId: { type: 'uuid', name: 'flow_id' },
    createdAt: { type: 'timestamptz', name: 'created_at' },
    createdBy: { type: 'text', name: 'created_by' },
    why: { type: 'text' },
    document: { type: 'jsonb' },
  },
});
