import { EntitySchema } from 'typeorm';
import type { HandlingPhase } from '../contracts/call.js';
import type { WrapUp, WrapUpDraft } from '../contracts/wrap-up.js';

/** One agent's part in a call, computed from the timeline: what QA scores. */
export interface HandlingRow {
  id: string;
  callId: string;
  agentId: string;
  agentNumber: string;
  phase: HandlingPhase;
  offeredAt: Date;
  answeredAt: Date | null;
  endedAt: Date | null;
  wrapUpCompletedAt: Date | null;
  wrapUp: WrapUp | null;
}

export const handlingEntity = new EntitySchema<HandlingRow>({
  name: 'handling',
  tableName: 'handlings',
  columns: {
    id: { type: 'uuid', primary: true },
    callId: { type: 'uuid', name: 'call_id' },
    agentId: { type: 'uuid', name: 'agent_id' },
    agentNumber: { type: 'text', name: 'agent_number' },
    phase: { type: 'text' },
    offeredAt: { type: 'timestamptz', name: 'offered_at' },
    answeredAt: { type: 'timestamptz', name: 'answered_at', nullable: true },
    endedAt: { type: 'timestamptz', name: 'ended_at', nullable: true },
    wrapUpCompletedAt: { type: 'timestamptz', name: 'wrap_up_completed_at', nullable: true },
    wrapUp: { type: 'jsonb', name: 'wrap_up', nullable: true },
  },
});

/** What an agent has typed so far; kept until the record is complete. */
export interface WrapUpDraftRow {
  handlingId: string;
  draft: WrapUpDraft;
  savedAt: Date;
}

export const wrapUpDraftEntity = new EntitySchema<WrapUpDraftRow>({
  name: 'wrap_up_draft',
  tableName: 'wrap_up_drafts',
  columns: {
    handlingId: { type: 'uuid', primary: true, name: 'handling_id' },
    draft: { type: 'jsonb' },
    savedAt: { type: 'timestamptz', name: 'saved_at' },
  },
});
