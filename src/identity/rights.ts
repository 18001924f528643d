import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import type { Standing } from '../kernel/actor.js';
import { Beat } from '../kernel/beat.js';
import { Clock } from '../kernel/clock.js';
import { Announcements } from '../platform/announcements/announcements.js';
import { DatabaseNews } from '../platform/database/database-news.js';
import { Sessions } from './sessions.js';
import { Standings } from './standings.js';

/** What no news told of is found by looking. */
const reviewEveryMs = 30_000;
const againAfterMs = 1_000;

/**
 * Keeps open what people may have open. The database tells of every change to a person, whoever made it; each process
 * then reads anew what holds of them and announces it (`rights.changed`), or ends their sessions when nothing does.
 */
@Injectable()
export class Rights implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger(Rights.name);
  /** What was announced of whom, so that the review repeats nothing. */
  private readonly announced = new Map<string, string>();
  private readonly inLastCall = new Set<string>();
  private readonly reviewing: Beat;

  constructor(
    private readonly news: DatabaseNews,
    private readonly standings: Standings,
    private readonly sessions: Sessions,
    private readonly announcements: Announcements,
    private readonly clock: Clock,
  ) {
    this.reviewing = new Beat(clock, reviewEveryMs, () => this.reviewAll(), this.failed);
    news.listen('rights_changed', (personId) => this.look(personId));
    news.listen('session_closed', (sessionId) => announcements.announce({ kind: 'session.gone', sessionId }));
    news.onOpen(() => void this.reviewing.now());
  }

  onApplicationBootstrap(): void {
    this.announcements.on('presence.changed', ({ presence: { agentId, callId } }) => {
      if (callId === null && this.inLastCall.has(agentId)) return this.news.tell('rights_changed', agentId);
    });
    this.reviewing.start();
  }

  async onModuleDestroy(): Promise<void> {
    await this.reviewing.stop();
  }

  /** People who handle no calls any more and are still in one. */
  get finishing(): readonly string[] {
    return [...this.inLastCall];
  }

  /** Looks at everybody with an open session, and at those who finish a call. */
  async reviewAll(): Promise<void> {
    const people = [...new Set([...(await this.sessions.openPeople()), ...this.inLastCall])];
    const found = await this.standings.ofAll(people);
    for (const personId of people) await this.apply(personId, found.get(personId) ?? null);
  }

  private look(personId: string): void {
    this.review(personId).catch((error: unknown) => {
      this.failed(error);
      this.clock.at(this.clock.now() + againAfterMs, () => this.look(personId));
    });
  }

  private async review(personId: string): Promise<void> {
    await this.apply(personId, await this.standings.of(personId));
  }

  private async apply(personId: string, standing: Standing | null): Promise<void> {
    if (standing?.finishing) this.inLastCall.add(personId);
    else this.inLastCall.delete(personId);
    const text = JSON.stringify(standing);
    if (this.announced.get(personId) !== text) {
      this.announced.set(personId, text);
      this.announcements.announce({ kind: 'rights.changed', personId, standing });
    }
    if (standing) return;
    this.announced.delete(personId);
    await this.sessions.closeOf(personId);
  }

  private readonly failed = (error: unknown): void =>
    this.logger.warn({ msg: 'rights could not be looked at; they will be', err: error });
}
