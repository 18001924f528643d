import { Injectable } from '@nestjs/common';
import { DataSource, In, Not } from 'typeorm';
import { z } from 'zod';
import type { TimelineEvent } from '../contracts/timeline.js';
import type { WrapUpDraft } from '../contracts/wrap-up.js';
import type { Db } from '../platform/database/db.js';
import { Outbox } from '../platform/jobs/outbox.js';
import { callEntity } from './call.entity.js';
import { byColumn, type CallStatements, callStatements } from './call-statement.js';
import { type CallModel, nodeOf, settled } from './domain/call-model.js';
import { callRow, handlingRow, judgementRows } from './domain/rows.js';
import { handlingEntity, wrapUpDraftEntity } from './handling.entity.js';
import { judgementEntity } from './judgement.entity.js';
import type { LiveCall } from './live-calls.js';
import { NodeFences, NodeTaken } from './node-fences.js';
import { factOf, timelineEventEntity } from './timeline-event.entity.js';

/** Somebody else advanced the call meanwhile: two processes own it, which must not be. */
export class CallMovedOn extends Error {
  constructor(callId: string) {
    super(`call ${callId} was advanced by another process`);
    this.name = 'CallMovedOn';
  }
}

/** Writes facts with the rows computed from them, and reads them back. */
@Injectable()
export class CallRecords {
  private statements: CallStatements | undefined;

  constructor(
    private readonly source: DataSource,
    private readonly outbox: Outbox,
    private readonly fences: NodeFences,
  ) {}

  /** Appends the facts that led from `before` to `after`, all or none. Only the owner of the call's node may. */
  async append(before: CallModel | null, after: LiveCall, facts: readonly TimelineEvent[]): Promise<void> {
    if (!facts.some(({ kind }) => kind === 'recording.started' || kind === 'recording.finished'))
      return this.write(this.source.manager, before, after, facts);
    await this.source.transaction(async (db) => {
      await this.write(db, before, after, facts);
      for (const fact of facts) await this.promise(db, fact);
    });
  }

  /** The node's calls that are not settled, each with its timeline. */
  async unsettled(node: string): Promise<TimelineEvent[][]> {
    const calls = await this.source
      .getRepository(callEntity)
      .find({ select: { id: true }, where: { node, settled: false }, order: { arrivedAt: 'asc' } });
    const ids = calls.map(({ id }) => id);
    if (ids.length === 0) return [];
    const rows = await this.source
      .getRepository(timelineEventEntity)
      .find({ where: { callId: In(ids) }, order: { callId: 'asc', seq: 'asc' } });
    const byCall = new Map<string, TimelineEvent[]>(ids.map((id) => [id, []]));
    for (const row of rows) byCall.get(row.callId)?.push(factOf(row));
    return [...byCall.values()];
  }

  /** The nodes that carry calls which are not settled. */
  async unsettledNodes(): Promise<string[]> {
    const rows = await this.source
      .getRepository(callEntity)
      .createQueryBuilder('call')
      .select('call.node', 'node')
      .distinct()
      .where('not call.settled')
      .getRawMany<{ node: string }>();
    return rows.map(({ node }) => node);
  }

  /** Calls that other processes may have in hand: not settled, and on other nodes than these. */
  async unsettledElsewhere(nodes: readonly string[]): Promise<ReadonlySet<string>> {
    const calls = await this.source
      .getRepository(callEntity)
      .find({ select: { id: true }, where: { node: Not(In([...nodes])), settled: false } });
    return new Set(calls.map(({ id }) => id));
  }

  /** The node that carries the call; undefined when it is unknown or settled. */
  async unsettledOn(callId: string): Promise<string | undefined> {
    const call = await this.source
      .getRepository(callEntity)
      .findOne({ select: { id: true, node: true }, where: { id: callId, settled: false } });
    return call?.node;
  }

  async timeline(callId: string): Promise<TimelineEvent[]> {
    const rows = await this.source
      .getRepository(timelineEventEntity)
      .find({ where: { callId }, order: { seq: 'asc' } });
    return rows.map(factOf);
  }

  /** True for a call that nobody has to do with any more, and for one that is not on record. */
  async isSettled(callId: string): Promise<boolean> {
    return !(await this.source.getRepository(callEntity).existsBy({ id: callId, settled: false }));
  }

  async saveDraft(handlingId: string, draft: WrapUpDraft, savedAt: Date): Promise<void> {
    await this.source.getRepository(wrapUpDraftEntity).upsert({ handlingId, draft, savedAt }, ['handlingId']);
  }

  async drafts(handlingIds: readonly string[]): Promise<Map<string, WrapUpDraft>> {
    if (handlingIds.length === 0) return new Map();
    const rows = await this.source
      .getRepository(wrapUpDraftEntity)
      .findBy({ handlingId: In([...handlingIds]) });
    return new Map(rows.map(({ handlingId, draft }) => [handlingId, draft]));
  }

  private async write(
    db: Db,
    before: CallModel | null,
    { model: after, timeline, policy }: LiveCall,
    facts: readonly TimelineEvent[],
  ): Promise<void> {
    this.statements ??= callStatements(this.source);
    const node = nodeOf(after);
    const changed = after.handlings
      .filter((handling) => !before?.handlings.includes(handling))
      .map((handling) => byColumn(this.source, handlingEntity, handlingRow(after.id, handling)));
    const told = facts.map((fact) =>
      byColumn(this.source, timelineEventEntity, { ...fact, at: new Date(fact.at) }),
    );
    const over = settled(after) && !(before && settled(before));
    const judged = (over ? judgementRows(after, timeline, policy) : []).map((judgement) =>
      byColumn(this.source, judgementEntity, judgement),
    );
    const row = byColumn(this.source, callEntity, callRow(after));
    const written = [row, told, changed, judged].map((each) => JSON.stringify(each));
    const values = [node, this.fences.of(node), ...written];
    const answer: unknown = before
      ? await db.query(this.statements.goOn, [...values, before.seq])
      : await db.query(this.statements.begin, values);
    const [found] = writtenSchema.parse(answer);
    if (found.owned === 0) throw new NodeTaken(node);
    if (found.written === 0) throw new CallMovedOn(after.id);
  }

  /** Work for the worker that follows from a fact, promised in the same transaction. */
  private async promise(db: Db, fact: TimelineEvent): Promise<void> {
    if (fact.kind === 'recording.started') {
      const { recordingId } = fact.data;
      const payload = { callId: fact.callId, recordingId, startedAt: fact.at };
      await this.outbox.add(db, 'recording.started', recordingId, payload);
    }
    if (fact.kind === 'recording.finished') {
      const { recordingId } = fact.data;
      await this.outbox.add(db, 'recording.finished', recordingId, { callId: fact.callId, recordingId });
    }
  }
}

const writtenSchema = z.tuple([z.object({ owned: z.number(), written: z.number() })]);
