import { randomUUID } from 'node:crypto';
import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { AgentDirectory } from '../agents/agent-directory.js';
import { Clock } from '../kernel/clock.js';
import { Config } from '../platform/config/config.js';
import { advisoryLocks } from '../platform/database/advisory-locks.js';
import { RedisConnections } from '../platform/redis/redis-connections.js';
import { type QueueRow, queueEntity, queueMemberEntity } from './queue.entity.js';

/** Asked at every call and match; changes rarely. */
const freshForMs = 5_000;

/** Redis set of a queue's members, read by the matching script. */
export const membersKey = (queueId: string): string => `routing:members:${queueId}`;

/** The house's queues: who may be dialled, and which agents serve each. Kept in the database, members known to Redis. */
@Injectable()
export class QueuesService implements OnApplicationBootstrap {
  private known: readonly QueueRow[] | undefined;
  private readAt = Number.NEGATIVE_INFINITY;

  constructor(
    private readonly source: DataSource,
    private readonly redis: RedisConnections,
    private readonly agents: AgentDirectory,
    private readonly config: Config,
    private readonly clock: Clock,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    await this.seed();
    await this.publishMembers();
  }

  async all(): Promise<readonly QueueRow[]> {
    const now = this.clock.now();
    if (!this.known || now - this.readAt > freshForMs) {
      this.known = await this.source.getRepository(queueEntity).find({ order: { number: 'asc' } });
      this.readAt = now;
    }
    return this.known;
  }

  async byNumber(number: string): Promise<QueueRow | undefined> {
    return (await this.all()).find((queue) => queue.number === number);
  }

  /** Agents of each queue, by the queue's id. */
  async members(): Promise<ReadonlyMap<string, readonly string[]>> {
    const rows = await this.source.getRepository(queueMemberEntity).find();
    const members = new Map<string, string[]>();
    for (const { queueId, agentId } of rows) members.set(queueId, [...(members.get(queueId) ?? []), agentId]);
    return members;
  }

  /** Writes the members to Redis as the database has them: at start, and again in case Redis lost them. */
  async publishMembers(): Promise<void> {
    this.known = undefined;
    const [queues, members] = await Promise.all([this.all(), this.members()]);
    const step = this.redis.shared.multi();
    for (const { id } of queues) {
      step.del(membersKey(id));
      const agents = members.get(id) ?? [];
      if (agents.length > 0) step.sadd(membersKey(id), ...agents);
    }
    await step.exec();
  }

  /** The first queue of a house, with every agent in it. */
  private async seed(): Promise<void> {
    const agents = await this.agents.all();
    await this.source.transaction(async (db) => {
      await db.query('select pg_advisory_xact_lock($1)', [advisoryLocks.queuesSeed]);
      if ((await db.getRepository(queueEntity).count()) > 0) return;
      const queueId = randomUUID();
      await db.getRepository(queueEntity).insert({
        id: queueId,
        name: '前台预订',
        number: this.config.serviceNumber,
      });
      const rows = agents.map(({ id }) => ({ queueId, agentId: id }));
      if (rows.length > 0) await db.getRepository(queueMemberEntity).insert(rows);
    });
  }
}
