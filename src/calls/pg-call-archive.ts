import { Injectable } from '@nestjs/common';
import { DataSource, In, type ObjectLiteral, type SelectQueryBuilder } from 'typeorm';
import type { CallDetail, CallSummary, HandlingSummary, Page } from '../contracts/call.js';
import { houseDayStartAt } from '../contracts/house-calendar.js';
import { encodeCursor, type PageCursor } from '../contracts/page-cursor.js';
import type { TimelineEvent } from '../contracts/timeline.js';
import type { Verdict } from '../contracts/verdict.js';
import type { WrapUp } from '../contracts/wrap-up.js';
import { People } from '../identity/people.js';
import { Clock } from '../kernel/clock.js';
import { orThrow } from '../kernel/refusal.js';
import { Config } from '../platform/config/config.js';
import { evaluate } from '../standard/domain/evaluate.js';
import { Policies } from '../standard/policies.js';
import { type CallRow, callEntity } from './call.entity.js';
import { CallArchive, type CallFilter, type Condition, type HandlingQuery } from './call-archive.js';
import { CallRecords } from './call-records.js';
import { type CallScope, customerOf, inScope } from './call-scope.js';
import { callSummary, handlingSummary } from './call-summaries.js';
import { maskedTimeline } from './domain/masked.js';
import { handlingEntity } from './handling.entity.js';
import { judgementEntity } from './judgement.entity.js';

/** A colleague who was only asked about a call, and never had the customer, leaves no record and nothing to score. */
const talkedWithCustomer = ({ answeredAt, phase, wrapUpCompletedAt }: HandlingSummary): boolean =>
  answeredAt !== null && phase !== 'consulted' && (phase !== 'closed' || wrapUpCompletedAt !== null);

/** The same, asked of the database. */
const withCustomer =
  "h.answeredAt is not null and h.phase <> 'consulted' and (h.phase <> 'closed' or h.wrapUpCompletedAt is not null)";

/** The archive in PostgreSQL. */
@Injectable()
export class PgCallArchive extends CallArchive {
  constructor(
    private readonly source: DataSource,
    private readonly records: CallRecords,
    private readonly policies: Policies,
    private readonly people: People,
    private readonly config: Config,
    private readonly clock: Clock,
  ) {
    super();
  }

  timeline(callId: string): Promise<TimelineEvent[]> {
    return this.records.timeline(callId);
  }

  async summary(callId: string): Promise<CallSummary | null> {
    return (await this.summaries([callId]))[0] ?? null;
  }

  async summaries(callIds: readonly string[]): Promise<CallSummary[]> {
    if (callIds.length === 0) return [];
    return this.withAgents(await this.calls.findBy({ id: In([...callIds]) }));
  }

  async handling(handlingId: string): Promise<HandlingSummary | null> {
    const row = await this.handlings.findOneBy({ id: handlingId });
    if (!row) return null;
    const people = await this.people.byIds([row.agentId]);
    return handlingSummary(row, people);
  }

  async answeredHandlings(query: HandlingQuery): Promise<Page<HandlingSummary>> {
    const select = this.handlings.createQueryBuilder('h').where(withCustomer);
    if (query.agentId) select.andWhere('h.agentId = :agentId', { agentId: query.agentId });
    within(select, 'h.answeredAt', query);
    const rows = await newestFirst(select, 'h.answeredAt', 'h.id', query).getMany();
    const people = await this.people.byIds(rows.map(({ agentId }) => agentId));
    return page(
      rows,
      query.limit,
      (row) => row.answeredAt,
      (kept) => kept.map((row) => handlingSummary(row, people)),
    );
  }

  async verdicts(
    { policyVersion }: Pick<CallSummary, 'policyVersion'>,
    timeline: readonly TimelineEvent[],
    handlingIds: readonly string[],
  ): Promise<ReadonlyMap<string, Verdict[]>> {
    const rows = await this.source
      .getRepository(judgementEntity)
      .findBy({ handlingId: In([...handlingIds]) });
    const kept = new Map(rows.map(({ handlingId, verdicts }) => [handlingId, verdicts]));
    const left = handlingIds.filter((id) => !kept.has(id));
    if (left.length === 0) return kept;
    const { document: policy } = orThrow(await this.policies.version(policyVersion));
    const asOf = this.clock.now();
    for (const handlingId of left) kept.set(handlingId, evaluate({ timeline, handlingId, policy, asOf }));
    return kept;
  }

  async wrapUp(handlingId: string): Promise<WrapUp | null> {
    return (await this.handlings.findOneBy({ id: handlingId }))?.wrapUp ?? null;
  }

  async list(query: CallFilter, [condition, parameters]: Condition): Promise<Page<CallSummary>> {
    const select = this.calls.createQueryBuilder('c').where(condition, parameters);
    if (query.outcome) select.andWhere('c.outcome = :outcome', { outcome: query.outcome });
    if (query.fromNumber) select.andWhere(`${customerOf('c')} = :customer`, { customer: query.fromNumber });
    if (query.agentId) {
      select.andWhere('c.id in (select call_id from handlings where agent_id = :agentId)', {
        agentId: query.agentId,
      });
    }
    within(select, 'c.arrivedAt', query);
    const rows = await newestFirst(select, 'c.arrivedAt', 'c.id', query).getMany();
    const summaries = new Map((await this.withAgents(rows)).map((summary) => [summary.id, summary]));
    return page(
      rows,
      query.limit,
      (row) => row.arrivedAt,
      (kept) => kept.flatMap(({ id }) => summaries.get(id) ?? []),
    );
  }

  async detail(callId: string): Promise<Omit<CallDetail, 'recordings'> | null> {
    const summary = await this.summary(callId);
    if (!summary) return null;
    const [timeline, rows] = await Promise.all([
      this.timeline(callId),
      this.handlings.find({ where: { callId }, order: { offeredAt: 'asc' } }),
    ]);
    const verdicts = await this.verdicts(summary, timeline, rows.map(idOf));
    const people = await this.people.byIds(rows.map(({ agentId }) => agentId));
    const handlings = rows.map((row) => ({
      ...handlingSummary(row, people),
      verdicts: verdicts.get(row.id) ?? [],
    }));
    const judged = handlings.findLast(talkedWithCustomer) ?? handlings.at(-1);
    return { ...summary, timeline: maskedTimeline(timeline), handlings, verdicts: judged?.verdicts ?? [] };
  }

  async handledToday(agentId: string): Promise<number> {
    const midnight = new Date(houseDayStartAt(this.clock.now(), this.config.timeZone));
    return this.handlings
      .createQueryBuilder('h')
      .where('h.agentId = :agentId and h.answeredAt >= :midnight', { agentId, midnight })
      .andWhere(withCustomer)
      .getCount();
  }

  async holds(callId: string, scope: CallScope): Promise<boolean> {
    return this.calls
      .createQueryBuilder('c')
      .where('c.id = :callId', { callId })
      .andWhere(...inScope(scope, 'c.id'))
      .getExists();
  }

  private async withAgents(rows: readonly CallRow[]): Promise<CallSummary[]> {
    if (rows.length === 0) return [];
    const handlings = await this.handlings.find({
      where: { callId: In(rows.map(({ id }) => id)) },
      order: { offeredAt: 'asc' },
    });
    const people = await this.people.byIds(handlings.map(({ agentId }) => agentId));
    return rows.map((row) =>
      callSummary(
        row,
        handlings.filter(({ callId }) => callId === row.id),
        people,
      ),
    );
  }

  private get calls() {
    return this.source.getRepository(callEntity);
  }

  private get handlings() {
    return this.source.getRepository(handlingEntity);
  }
}

function within<T extends ObjectLiteral>(
  select: SelectQueryBuilder<T>,
  column: string,
  { since, until }: { since?: string; until?: string },
): void {
  if (since) select.andWhere(`${column} >= :since`, { since });
  if (until) select.andWhere(`${column} < :until`, { until });
}

/** One row more than asked for tells whether there is a next page. */
function newestFirst<T extends ObjectLiteral>(
  select: SelectQueryBuilder<T>,
  time: string,
  id: string,
  { limit, cursor }: { limit: number; cursor?: PageCursor },
): SelectQueryBuilder<T> {
  if (cursor)
    select.andWhere(`(${time}, ${id}) < (:cursorAt, :cursorId)`, {
      cursorAt: cursor.at,
      cursorId: cursor.id,
    });
  return select
    .orderBy(time, 'DESC')
    .addOrderBy(id, 'DESC')
    .limit(limit + 1);
}

function page<R extends { id: string }, T>(
  rows: readonly R[],
  limit: number,
  timeOf: (row: R) => Date | null,
  shape: (kept: R[]) => T[],
): Page<T> {
  const kept = rows.slice(0, limit);
  const last = rows.length > limit ? kept.at(-1) : undefined;
  const at = last && timeOf(last);
  return { items: shape(kept), next: last && at ? encodeCursor({ at, id: last.id }) : null };
}

const idOf = ({ id }: { id: string }): string => id;
