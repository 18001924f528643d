import { randomUUID } from 'node:crypto';
import {
  Injectable,
  Logger,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
  type OnModuleInit,
} from '@nestjs/common';
import { DataSource, IsNull, MoreThanOrEqual } from 'typeorm';
import { AgentDirectory } from '../agents/agent-directory.js';
import { factOf, type TimelineEventRow, timelineEventEntity } from '../calls/timeline-event.entity.js';
import type { Alarm } from '../contracts/floor.js';
import type { CommandPayload } from '../contracts/socket.js';
import type { TimelineEvent } from '../contracts/timeline.js';
import { type Actor, denyUnless } from '../kernel/actor.js';
import { Beat } from '../kernel/beat.js';
import { Clock } from '../kernel/clock.js';
import { type Refusal, refuse } from '../kernel/refusal.js';
import { Announcements } from '../platform/announcements/announcements.js';
import { type AlarmRow, alarmEntity } from './alarm.entity.js';
import { alarmingKinds, alarmOf } from './domain/alarm-rules.js';

const shownForMs = 12 * 3_600_000;
const shownAtMost = 100;
const mendEveryMs = 5_000;

const untaken = { acknowledgedBy: null, acknowledgedAt: null } as const;
const edgeAttacked = {
  level: 'breach',
  code: 'edge.attacked',
  clause: '',
  callId: null,
  agentId: null,
  seq: 0,
} as const;

/** What the team lead is alarmed about: made from facts, kept until somebody took it. */
@Injectable()
export class AlarmsService implements OnModuleInit, OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger(AlarmsService.name);
  private readonly mending: Beat;
  /** An alarm may be missing: the process was away, or could not write one. */
  private owing = true;
  private readonly listeners = new Set<() => void>();

  constructor(
    private readonly source: DataSource,
    private readonly agents: AgentDirectory,
    private readonly announcements: Announcements,
    private readonly clock: Clock,
  ) {
    this.mending = new Beat(
      clock,
      mendEveryMs,
      () => this.mend(),
      (error) => this.owe(error),
    );
  }

  onModuleInit(): void {
    this.announcements.on('call.advanced', ({ facts }) =>
      this.follow(facts).catch((error) => this.owe(error)),
    );
    this.announcements.on('edge.attacked', ({ at, address }) =>
      this.raise([{ ...edgeAttacked, ...untaken, id: randomUUID(), at: new Date(at), detail: address }]),
    );
  }

  onApplicationBootstrap(): void {
    this.mending.start();
    void this.mending.now();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.mending.stop();
  }

  /** Called when an alarm was raised or taken. */
  onChanged(listener: () => void): void {
    this.listeners.add(listener);
  }

  /** The latest alarms, newest first. */
  async recent(): Promise<Alarm[]> {
    const rows = await this.rows.find({
      where: { at: MoreThanOrEqual(new Date(this.clock.now() - shownForMs)) },
      order: { at: 'desc', seq: 'desc' },
      take: shownAtMost,
    });
    const numbers = new Map((await this.agents.all()).map(({ id, number }) => [id, number]));
    return rows.map((row) => ({
      id: row.id,
      at: row.at.toISOString(),
      level: row.level,
      code: row.code,
      clause: row.clause,
      callId: row.callId,
      agentId: row.agentId,
      agentNumber: numbers.get(row.agentId ?? '') ?? '',
      detail: row.detail,
      acknowledgedBy: row.acknowledgedBy,
    }));
  }

  /** Somebody takes the alarm; the first one stays named. */
  async acknowledge(actor: Actor, { alarmId }: CommandPayload<'acknowledge-alarm'>): Promise<Refusal | null> {
    const denied = denyUnless(actor, 'floor.watch');
    if (denied) return denied;
    const { affected } = await this.rows.update(
      { id: alarmId, acknowledgedBy: IsNull() },
      { acknowledgedBy: actor.name, acknowledgedAt: new Date(this.clock.now()) },
    );
    if (!affected && !(await this.rows.existsBy({ id: alarmId }))) return refuse('request.not-found');
    if (affected) this.tell();
    return null;
  }

  private get rows() {
    return this.source.getRepository(alarmEntity);
  }

  private async follow(facts: readonly TimelineEvent[]): Promise<void> {
    const raised = facts.flatMap((fact): AlarmRow[] => {
      const alarm = alarmOf(fact);
      if (!alarm) return [];
      const place = { callId: fact.callId, seq: fact.seq, at: new Date(fact.at), detail: '' };
      return [{ id: randomUUID(), ...place, ...alarm, ...untaken }];
    });
    if (raised.length > 0) await this.raise(raised);
  }

  private async raise(rows: AlarmRow[]): Promise<void> {
    await this.rows.createQueryBuilder().insert().values(rows).orIgnore().execute();
    this.tell();
  }

  /** The facts are the truth: what they alarm about and nobody wrote down is written down now. */
  private async mend(): Promise<void> {
    if (!this.owing) return;
    const rows: TimelineEventRow[] = await this.source
      .getRepository(timelineEventEntity)
      .createQueryBuilder('fact')
      .where('fact.kind in (:...kinds)', { kinds: alarmingKinds })
      .andWhere('fact.call_id in (select id from calls where arrived_at >= :since)', {
        since: new Date(this.clock.now() - shownForMs),
      })
      .andWhere('not exists (select 1 from alarms where call_id = fact.call_id and seq = fact.seq)')
      .getMany();
    await this.follow(rows.map(factOf));
    this.owing = false;
  }

  private owe(error: unknown): void {
    this.owing = true;
    this.logger.warn({ msg: 'an alarm could not be written and is made up for', err: error });
  }

  private tell(): void {
    for (const listener of this.listeners) listener();
  }
}
