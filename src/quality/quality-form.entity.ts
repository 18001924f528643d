import { EntitySchema } from 'typeorm';
import type { FormItem } from '../contracts/quality.js';
import type { Bilingual } from '../contracts/text.js';

/** A scoring form. Rows are only ever added: an evaluation keeps the form it was made on. */
export interface QualityFormRow {
  id: string;
  version: number;
  policyVersion: number;
  name: Bilingual;
  items: FormItem[];
  createdAt: Date;
}

export const qualityFormEntity = new EntitySchema<QualityFormRow>({
  name: 'quality_forms',
  columns: {
    id: { type: 'uuid', primary: true },
    version: { type: 'int' },
    policyVersion: { type: 'int', name: 'policy_version' },
    name: { type: 'jsonb' },
    items: { type: 'jsonb' },
    createdAt: { type: 'timestamptz', name: 'created_at' },
  },
});
