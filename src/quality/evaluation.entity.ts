import { EntitySchema } from 'typeorm';
import type { EvaluationNote, Mark } from '../contracts/quality.js';
import type { Verdict } from '../contracts/verdict.js';

export type EvaluationState = 'draft' | 'submitted';

/** One handling's evaluation: where it stands. What was marked is in its revisions. */
export interface EvaluationRow {
  id: string;
  handlingId: string;
  callId: string;
  agentId: string;
  answeredAt: Date;
  formId: string;
  state: EvaluationState;
  revision: number;
  /** Whoever saved last. */
  inspectorId: string;
  inspectorName: string;
  total: number | null;
  submittedAt: Date | null;
  seenAt: Date | null;
}

export const evaluationEntity = new EntitySchema<EvaluationRow>({
  name: 'evaluations',
  columns: {
    id: { type: 'uuid', primary: true },
    handlingId: { type: 'uuid', name: 'handling_id' },
    callId: { type: 'uuid', name: 'call_id' },
    agentId: { type: 'uuid', name: 'agent_id' },
    answeredAt: { type: 'timestamptz', name: 'answered_at' },
    formId: { type: 'uuid', name: 'form_id' },
    state: { type: 'text' },
    revision: { type: 'int' },
    inspectorId: { type: 'uuid', name: 'inspector_id' },
    inspectorName: { type: 'text', name: 'inspector_name' },
    total: { type: 'double precision', nullable: true },
    submittedAt: { type: 'timestamptz', name: 'submitted_at', nullable: true },
    seenAt: { type: 'timestamptz', name: 'seen_at', nullable: true },
  },
});

/** One saving of an evaluation. Rows are only ever added. */
export interface EvaluationRevisionRow {
  evaluationId: string;
  revision: number;
  state: EvaluationState;
  at: Date;
  byId: string;
  byName: string;
  marks: Mark[];
  notes: EvaluationNote[];
  summary: string;
  /** What it was scored by when it was submitted; null for a draft, and for what was submitted before this was kept. */
  verdicts: Verdict[] | null;
}

export const evaluationRevisionEntity = new EntitySchema<EvaluationRevisionRow>({
  name: 'evaluation_revisions',
  columns: {
    evaluationId: { type: 'uuid', primary: true, name: 'evaluation_id' },
    revision: { type: 'int', primary: true },
    state: { type: 'text' },
    at: { type: 'timestamptz' },
    byId: { type: 'uuid', name: 'by_id' },
    byName: { type: 'text', name: 'by_name' },
    marks: { type: 'jsonb' },
    notes: { type: 'jsonb' },
    summary: { type: 'text' },
    verdicts: { type: 'jsonb', nullable: true },
  },
});
