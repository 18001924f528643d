import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Evaluation, EvaluationDraft, QualityForm } from '../contracts/quality.js';
import { Audit } from '../identity/audit.js';
import { type Actor, denyUnless } from '../kernel/actor.js';
import { isRefusal, type Refusal, refuse } from '../kernel/refusal.js';
import { Announcements } from '../platform/announcements/announcements.js';
import type { Db } from '../platform/database/db.js';
import { score, strayMarks } from './domain/scoring.js';
import { EvaluationRecords, evaluationOf, type StoredEvaluation } from './evaluation-records.js';
import { QualityForms } from './quality-forms.js';
import { type ReviewCase, ReviewCases } from './review-cases.js';

/** Scoring a handling: drafts that nobody overwrites unseen, and one submission that stands. */
@Injectable()
export class EvaluationsService {
  constructor(
    private readonly source: DataSource,
    private readonly cases: ReviewCases,
    private readonly forms: QualityForms,
    private readonly records: EvaluationRecords,
    private readonly audit: Audit,
    private readonly announcements: Announcements,
  ) {}

  /** Keeps a draft as a new revision. `draft.revision` is the one it was made from; 0 when it is the first. */
  async save(actor: Actor, handlingId: string, draft: EvaluationDraft): Promise<Evaluation | Refusal> {
    const denied = denyUnless(actor, 'quality.evaluate');
    if (denied) return denied;
    const found = await this.caseFor(actor, handlingId);
    if (isRefusal(found)) return found;
    const form = await this.forms.forPolicy(found.call.policyVersion);
    const stray = strayMarks(form.items, draft.marks);
    if (stray.length > 0) return refuse('evaluation.mark-unknown', { clauses: stray });
    const stored = await this.source.transaction((db) => this.keep(db, found, form, actor, draft));
    return isRefusal(stored) ? stored : evaluationOf(stored, form, found.verdicts);
  }

  /** Submits what was saved last: it stands from now on, and the agent is told. */
  async submit(actor: Actor, evaluationId: string): Promise<Evaluation | Refusal> {
    const denied = denyUnless(actor, 'quality.evaluate');
    if (denied) return denied;
    const known = await this.records.byId(evaluationId);
    if (!known) return refuse('evaluation.not-found', { evaluationId });
    const found = await this.caseFor(actor, known.row.handlingId);
    if (isRefusal(found)) return found;
    const form = await this.forms.byId(known.row.formId);
    const stored = await this.source.transaction(async (db) => {
      await this.records.lock(db, found.handling.id);
      const current = await this.records.byId(evaluationId, db);
      if (!current) return refuse('evaluation.not-found', { evaluationId });
      if (current.row.state === 'submitted') return refuse('evaluation.already-submitted', { evaluationId });
      const { total, openItems } = score(form.items, current.content.marks, found.verdicts);
      if (total === null) return refuse('evaluation.not-complete', { openItems });
      const submitted = await this.records.goOn(db, current.row, actor, current.content, {
        total,
        verdicts: found.verdicts,
      });
      const { agentId, callId } = submitted.row;
      await this.audit.write(
        actor,
        'evaluation.submitted',
        `evaluation:${evaluationId}`,
        { handlingId: found.handling.id, callId, agentId, total },
        db,
      );
      return submitted;
    });
    if (isRefusal(stored)) return stored;
    this.announcements.announce({ kind: 'evaluation.submitted', evaluationId, agentId: stored.row.agentId });
    return evaluationOf(stored, form, found.verdicts);
  }

  private async caseFor(actor: Actor, handlingId: string): Promise<ReviewCase | Refusal> {
    const found = await this.cases.find(handlingId);
    if (!found) return refuse('evaluation.not-found', { handlingId });
    return found.handling.agentId === actor.personId
      ? refuse('evaluation.own-handling', { handlingId })
      : found;
  }

  private async keep(
    db: Db,
    found: ReviewCase,
    form: QualityForm,
    actor: Actor,
    { revision, ...content }: EvaluationDraft,
  ): Promise<StoredEvaluation | Refusal> {
    const handlingId = found.handling.id;
    await this.records.lock(db, handlingId);
    const current = await this.records.ofHandling(handlingId, db);
    if (current?.row.state === 'submitted')
      return refuse('evaluation.already-submitted', { evaluationId: current.row.id });
    const latest = current?.row.revision ?? 0;
    if (latest !== revision) return refuse('evaluation.changed-meanwhile', { revision: latest });
    if (current) return this.records.goOn(db, current.row, actor, content);
    return this.records.begin(db, found, form, actor, content);
  }
}
