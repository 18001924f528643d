import { EntitySchema } from 'typeorm';
import type { Verdict } from '../contracts/verdict.js';

/** What the standard said of a handling when its call was over. Rows are only ever added. */
export interface JudgementRow {
  handlingId: string;
  /** Of the house's standard, and of the code that judges by it. */
  policyVersion: number;
  judgeVersion: number;
  judgedAt: Date;
  verdicts: Verdict[];
}

export const judgementEntity = new EntitySchema<JudgementRow>({
  name: 'judgement',
  tableName: 'handling_judgements',
  columns: {
    handlingId: { type: 'uuid', primary: true, name: 'handling_id' },
    policyVersion: { type: 'int', name: 'policy_version' },
    judgeVersion: { type: 'int', name: 'judge_version' },
    judgedAt: { type: 'timestamptz', name: 'judged_at' },
    verdicts: { type: 'jsonb' },
  },
});
