import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { CallArchive } from '../calls/call-archive.js';
import type { HandlingSummary, Page } from '../contracts/call.js';
import { cursorSchema, encodeCursor } from '../contracts/page-cursor.js';
import type { ReviewQuery } from '../contracts/quality.js';
import { type EvaluationState, evaluationEntity } from './evaluation.entity.js';
import { EvaluationRecords } from './evaluation-records.js';

/** How many pages of the archive one answer looks through for handlings that nobody scored; the next answer goes on. */
const longestSearch = 10;

/** Which handlings come up for review. */
@Injectable()
export class ReviewQueue {
  constructor(
    private readonly source: DataSource,
    private readonly archive: CallArchive,
    private readonly records: EvaluationRecords,
  ) {}

  /** Answered handlings, newest first. A page may be shorter than asked for while `next` leads on. */
  async page({ state, ...query }: ReviewQuery): Promise<Page<HandlingSummary>> {
    if (state === undefined) return this.archive.answeredHandlings(query);
    return state === 'unscored' ? this.unscored(query) : this.scored(query, state);
  }

  private async unscored(query: Omit<ReviewQuery, 'state'>): Promise<Page<HandlingSummary>> {
    const items: HandlingSummary[] = [];
    let from = query.cursor;
    let next: string | null = null;
    for (let search = 0; search < longestSearch; search++) {
      const page = await this.archive.answeredHandlings({ ...query, cursor: from });
      const begun = await this.records.ofHandlings(page.items.map(({ id }) => id));
      for (const handling of page.items) {
        if (begun.has(handling.id)) continue;
        items.push(handling);
        if (items.length === query.limit) return { items, next: after(handling, page) };
      }
      if (page.next === null) return { items, next: null };
      next = page.next;
      from = cursorSchema.parse(next);
    }
    return { items, next };
  }

  private async scored(
    query: Omit<ReviewQuery, 'state'>,
    state: EvaluationState,
  ): Promise<Page<HandlingSummary>> {
    const select = this.source
      .getRepository(evaluationEntity)
      .createQueryBuilder('e')
      .where('e.state = :state', { state });
    if (query.agentId) select.andWhere('e.agentId = :agentId', { agentId: query.agentId });
    if (query.since) select.andWhere('e.answeredAt >= :since', { since: query.since });
    if (query.until) select.andWhere('e.answeredAt < :until', { until: query.until });
    const { cursor } = query;
    if (cursor)
      select.andWhere('(e.answeredAt, e.handlingId) < (:at, :id)', { at: cursor.at, id: cursor.id });
    const rows = await select
      .orderBy('e.answeredAt', 'DESC')
      .addOrderBy('e.handlingId', 'DESC')
      .limit(query.limit + 1)
      .getMany();
    const kept = rows.slice(0, query.limit);
    const last = rows.length > query.limit ? kept.at(-1) : undefined;
    const handlings = await Promise.all(kept.map(({ handlingId }) => this.archive.handling(handlingId)));
    return {
      items: handlings.filter((handling) => handling !== null),
      next: last ? encodeCursor({ at: last.answeredAt, id: last.handlingId }) : null,
    };
  }
}

/** The place right after that handling: null when it is the last of the last page. */
function after({ id, answeredAt }: HandlingSummary, page: Page<HandlingSummary>): string | null {
  if (page.next === null && page.items.at(-1)?.id === id) return null;
  return answeredAt === null ? page.next : encodeCursor({ at: new Date(answeredAt), id });
}
