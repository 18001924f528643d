import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { DataSource, In } from 'typeorm';
import type { Evaluation, EvaluationDraft, QualityForm } from '../contracts/quality.js';
import type { Verdict } from '../contracts/verdict.js';
import type { Actor } from '../kernel/actor.js';
import { Clock } from '../kernel/clock.js';
import type { Db } from '../platform/database/db.js';
import { score } from './domain/scoring.js';
import {
  type EvaluationRevisionRow,
  type EvaluationRow,
  type EvaluationState,
  evaluationEntity,
  evaluationRevisionEntity,
} from './evaluation.entity.js';
import type { ReviewCase } from './review-cases.js';

export type EvaluationContent = Pick<EvaluationDraft, 'marks' | 'notes' | 'summary'>;

/** An evaluation with what was last saved of it. */
export interface StoredEvaluation {
  readonly row: EvaluationRow;
  readonly content: EvaluationContent;
  /** What a submitted one was scored by: it stands. */
  readonly verdicts: readonly Verdict[] | null;
}

/** The evaluations' rows. Every saving adds a revision that names who and when; nothing is overwritten. */
@Injectable()
export class EvaluationRecords {
  constructor(
    private readonly source: DataSource,
    private readonly clock: Clock,
  ) {}

  async ofHandling(handlingId: string, db: Db = this.source.manager): Promise<StoredEvaluation | null> {
    return this.withContent(await db.getRepository(evaluationEntity).findOneBy({ handlingId }), db);
  }

  async byId(id: string, db: Db = this.source.manager): Promise<StoredEvaluation | null> {
    return this.withContent(await db.getRepository(evaluationEntity).findOneBy({ id }), db);
  }

  async ofHandlings(handlingIds: readonly string[]): Promise<Map<string, EvaluationRow>> {
    if (handlingIds.length === 0) return new Map();
    const rows = await this.source
      .getRepository(evaluationEntity)
      .findBy({ handlingId: In([...handlingIds]) });
    return new Map(rows.map((row) => [row.handlingId, row]));
  }

  /** Waits for its turn at the handling's evaluation; held until the transaction ends. */
  async lock(db: Db, handlingId: string): Promise<void> {
    await db.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`evaluation:${handlingId}`]);
  }

  /** The first saving. Under the handling's lock. */
  async begin(
    db: Db,
    { handling, answeredAt, call }: ReviewCase,
    form: QualityForm,
    actor: Actor,
    content: EvaluationContent,
  ): Promise<StoredEvaluation> {
    const row: EvaluationRow = {
      id: randomUUID(),
      handlingId: handling.id,
      callId: call.id,
      agentId: handling.agentId,
      answeredAt: new Date(answeredAt),
      formId: form.id,
      state: 'draft',
      revision: 1,
      inspectorId: actor.personId,
      inspectorName: actor.name,
      total: null,
      submittedAt: null,
      seenAt: null,
    };
    await db.getRepository(evaluationEntity).insert(row);
    return this.addRevision(db, row, actor, content, null);
  }

  /** Another saving, or the submission with its total and what it was scored by. Under the handling's lock. */
  async goOn(
    db: Db,
    before: EvaluationRow,
    actor: Actor,
    content: EvaluationContent,
    scored: { total: number; verdicts: readonly Verdict[] } | null = null,
  ): Promise<StoredEvaluation> {
    const total = scored?.total ?? null;
    const state: EvaluationState = scored ? 'submitted' : 'draft';
    const change = {
      state,
      revision: before.revision + 1,
      inspectorId: actor.personId,
      inspectorName: actor.name,
      total,
      submittedAt: total === null ? null : new Date(this.clock.now()),
    };
    await db.getRepository(evaluationEntity).update({ id: before.id }, change);
    const row = { ...before, ...change };
    return this.addRevision(db, row, actor, content, scored?.verdicts ?? null);
  }

  /** The agent opened it: the first time counts. */
  async seen(row: EvaluationRow): Promise<EvaluationRow> {
    if (row.seenAt) return row;
    const seenAt = new Date(this.clock.now());
    await this.source
      .createQueryBuilder()
      .update(evaluationEntity)
      .set({ seenAt })
      .where('id = :id and seen_at is null', { id: row.id })
      .execute();
    return { ...row, seenAt };
  }

  private async addRevision(
    db: Db,
    row: EvaluationRow,
    actor: Actor,
    content: EvaluationContent,
    verdicts: readonly Verdict[] | null,
  ): Promise<StoredEvaluation> {
    const revision: EvaluationRevisionRow = {
      evaluationId: row.id,
      revision: row.revision,
      state: row.state,
      at: new Date(this.clock.now()),
      byId: actor.personId,
      byName: actor.name,
      marks: content.marks,
      notes: content.notes,
      summary: content.summary,
      verdicts: verdicts && [...verdicts],
    };
    await db.getRepository(evaluationRevisionEntity).insert(revision);
    return { row, content, verdicts };
  }

  private async withContent(row: EvaluationRow | null, db: Db): Promise<StoredEvaluation | null> {
    if (!row) return null;
    const { marks, notes, summary, verdicts } = await db
      .getRepository(evaluationRevisionEntity)
      .findOneByOrFail({ evaluationId: row.id, revision: row.revision });
    return { row, content: { marks, notes, summary }, verdicts };
  }
}

/** An evaluation as clients see it, with what its marks come to. `now`: what the standard says of the handling, for a draft. */
export function evaluationOf(
  { row, content, verdicts }: StoredEvaluation,
  form: QualityForm,
  now: readonly Verdict[],
): Evaluation {
  const scored = score(form.items, content.marks, verdicts ?? now);
  return {
    id: row.id,
    handlingId: row.handlingId,
    callId: row.callId,
    form,
    state: row.state,
    revision: row.revision,
    inspectorId: row.inspectorId,
    inspectorName: row.inspectorName,
    ...content,
    // A submitted total stands as it was submitted.
    total: row.state === 'submitted' ? row.total : scored.total,
    fatalFailed: scored.fatalFailed,
    openItems: row.state === 'submitted' ? [] : scored.openItems,
    submittedAt: row.submittedAt?.toISOString() ?? null,
    seenAt: row.seenAt?.toISOString() ?? null,
  };
}
