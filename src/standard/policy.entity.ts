import { EntitySchema } from 'typeorm';
import type { PolicyDocument } from '../contracts/policy.js';

/** One version of the house's standard. Rows are only ever added. */
export interface PolicyRow {
  version: number;
  createdAt: Date;
  createdBy: string;
  why: string;
  document: PolicyDocument;
}

export const policyEntity = new EntitySchema<PolicyRow>({
  name: 'policies',
  columns: {
    version: { type: 'int', primary: true },
    createdAt: { type: 'timestamptz', name: 'created_at' },
    createdBy: { type: 'text', name: 'created_by' },
    why: { type: 'text' },
    document: { type: 'jsonb' },
  },
});
