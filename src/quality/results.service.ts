import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { CallArchive } from '../calls/call-archive.js';
import type { Page } from '../contracts/call.js';
import { encodeCursor } from '../contracts/page-cursor.js';
import type { Result, ResultQuery, ResultRow } from '../contracts/quality.js';
import { ReadingAudit } from '../identity/reading-audit.js';
import { type Actor, denyUnless, may } from '../kernel/actor.js';
import { type Refusal, refuse } from '../kernel/refusal.js';
import { type EvaluationRow, evaluationEntity } from './evaluation.entity.js';
import { EvaluationRecords } from './evaluation-records.js';
import { ReviewCases } from './review-cases.js';
import { ReviewsService } from './reviews.service.js';

/** Submitted scores, for the agents they are about. */
@Injectable()
export class ResultsService {
  constructor(
    private readonly source: DataSource,
    private readonly archive: CallArchive,
    private readonly records: EvaluationRecords,
    private readonly cases: ReviewCases,
    private readonly reviews: ReviewsService,
    private readonly readings: ReadingAudit,
  ) {}

  /** The agent's own results, newest first. */
  async list(actor: Actor, query: ResultQuery): Promise<Page<ResultRow> | Refusal> {
    const denied = denyUnless(actor, 'quality.read-own');
    if (denied) return denied;
    const select = this.source
      .getRepository(evaluationEntity)
      .createQueryBuilder('e')
      .where("e.agentId = :agentId and e.state = 'submitted'", { agentId: actor.personId });
    const { cursor } = query;
    if (cursor) select.andWhere('(e.submittedAt, e.id) < (:at, :id)', { at: cursor.at, id: cursor.id });
    const rows = await select
      .orderBy('e.submittedAt', 'DESC')
      .addOrderBy('e.id', 'DESC')
      .limit(query.limit + 1)
      .getMany();
    const kept = rows.slice(0, query.limit);
    const last = rows.length > query.limit ? kept.at(-1) : undefined;
    const next = last?.submittedAt ? encodeCursor({ at: last.submittedAt, id: last.id }) : null;
    return { items: await this.withNumbers(kept), next };
  }

  /** One result with all it rests on. Agents see their own; opening it is what `seenAt` records. */
  async result(actor: Actor, evaluationId: string): Promise<Result | Refusal> {
    const denied = denyUnless(actor, 'quality.read-own', 'quality.read-all');
    if (denied) return denied;
    const stored = await this.records.byId(evaluationId);
    const own = stored?.row.agentId === actor.personId;
    // The same answer for a draft, somebody else's and none, so that ids cannot be tried out.
    if (stored?.row.state !== 'submitted' || !(own || may(actor, 'quality.read-all')))
      return refuse('evaluation.not-found', { evaluationId });
    const found = await this.cases.find(stored.row.handlingId);
    if (!found) return refuse('evaluation.not-found', { evaluationId });
    if (own) await this.records.seen(stored.row);
    else await this.readings.noted(actor, { action: 'call.read', subject: `call:${found.call.id}` });
    const { evaluation, ...review } = await this.reviews.show(found);
    return evaluation ? { ...review, evaluation } : refuse('evaluation.not-found', { evaluationId });
  }

  private async withNumbers(rows: readonly EvaluationRow[]): Promise<ResultRow[]> {
    const calls = await this.archive.summaries(rows.map(({ callId }) => callId));
    const numbers = new Map(
      calls.map((call) => [call.id, call.direction === 'outbound' ? call.dialled : call.fromNumber]),
    );
    return rows.flatMap((row) =>
      row.submittedAt && row.total !== null
        ? [
            {
              evaluationId: row.id,
              handlingId: row.handlingId,
              callId: row.callId,
              total: row.total,
              inspectorName: row.inspectorName,
              submittedAt: row.submittedAt.toISOString(),
              seenAt: row.seenAt?.toISOString() ?? null,
              fromNumber: numbers.get(row.callId) ?? '',
            },
          ]
        : [],
    );
  }
}
