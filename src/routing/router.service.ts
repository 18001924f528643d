import { randomUUID } from 'node:crypto';
import {
  Injectable,
  Logger,
  type OnApplicationBootstrap,
  type OnModuleDestroy,
  type OnModuleInit,
} from '@nestjs/common';
import { PresenceService } from '../agents/presence.service.js';
import { mayBeDone } from '../kernel/away.js';
import { Beat } from '../kernel/beat.js';
import { Clock } from '../kernel/clock.js';
import { Announcements } from '../platform/announcements/announcements.js';
import { QueuesService } from './queues.service.js';
import { type Offer, WaitingRoom } from './waiting-room.js';

/** A waiting call and a ready agent, reserved for each other; the handling that may come of it has this id. */
export interface Match {
  queueId: string;
  callId: string;
  agentId: string;
  handlingId: string;
}
/** taken: the agent is being rung; otherwise whose fault it is that nothing comes of it. */
export type MatchOutcome = 'taken' | 'call-gone' | 'agent-gone';
type Take = (match: Match) => Promise<MatchOutcome>;

const sweepEveryMs = 2_000;
const stopPatienceMs = 5_000;
const publishEveryMs = 30_000;
/** Longer than three rings: an offer still open then belongs to a process that is gone. */
export const offerPatienceMs = 30_000;

/**
 * Brings waiting calls and ready agents together: the first of the queue to the longest idle. It matches when a call
 * enters, when an agent becomes ready and, to be safe, every two seconds.
 */
@Injectable()
export class Router implements OnModuleInit, OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger(Router.name);
  private readonly matching: Beat;
  private readonly publishing: Beat;
  private readonly taking = new Set<Promise<void>>();
  private take: Take | undefined;
  private pausedUntil = Number.NEGATIVE_INFINITY;
  private closings = 0;
  private stopListening: () => void = () => {};

  constructor(
    private readonly room: WaitingRoom,
    private readonly queues: QueuesService,
    private readonly presence: PresenceService,
    private readonly announcements: Announcements,
    private readonly clock: Clock,
  ) {
    const failed = (error: unknown) => this.logger.error({ msg: 'matching failed', err: error });
    this.matching = new Beat(clock, sweepEveryMs, () => this.matchAll(), failed);
    this.publishing = new Beat(clock, publishEveryMs, () => queues.publishMembers(), failed);
  }

  onModuleInit(): void {
    this.stopListening = this.announcements.on('presence.changed', ({ presence }) => {
      if (presence.state === 'ready' && presence.deviceReady) this.matchSoon();
    });
  }

  onApplicationBootstrap(): void {
    this.matching.start();
    this.publishing.start();
  }

  async onModuleDestroy(): Promise<void> {
    this.stopListening();
    await this.matching.stop();
    await this.publishing.stop();
    await Promise.race([Promise.all(this.taking), this.tired()]);
  }

  /** The queue that a dialled number leads to. */
  async queueFor(dialled: string): Promise<{ id: string; name: string } | undefined> {
    const queue = await this.queues.byNumber(dialled);
    return queue ? { id: queue.id, name: queue.name } : undefined;
  }

  /** The call waits for an agent, since when it came; `front`: before all that were not put to the front. */
  async enter(queueId: string, callId: string, since: number, front: boolean): Promise<void> {
    await this.room.enter(queueId, callId, since, front);
    this.matchSoon();
  }

  /** The call waits no more. */
  async leave(callId: string): Promise<void> {
    await this.room.leave(callId);
  }

  /** Names who takes matches. Until then this process matches nothing. */
  onMatch(take: Take): void {
    if (this.take) throw new Error('router: matches are taken already');
    this.take = take;
    this.matchSoon();
  }

  /** Nobody can be rung now: calls wait, in order, until whoever closed opens again, each by what this returns. */
  close(): () => void {
    this.closings += 1;
    return () => {
      this.closings -= 1;
      this.matchSoon();
    };
  }

  /**
   * The call waits for an agent, as far as its timeline knows: puts it back where Redis lost it. Harmless when it waits
   * already or is being offered.
   */
  async restore(queueId: string, callId: string, since: number, front: boolean): Promise<void> {
    if (!(await this.room.restore(queueId, callId, since, front))) return;
    this.logger.warn({ msg: 'a waiting call was put back into its queue', callId });
    this.matchSoon();
  }

  /** Offers of these calls that a process left open which is gone: the calls wait on, their agents are free again. */
  async withdraw(callIds: ReadonlySet<string>): Promise<void> {
    const offers = await this.room.offersBefore(Number.POSITIVE_INFINITY);
    for (const offer of offers.filter(({ callId }) => callIds.has(callId))) {
      await this.room.close(offer, true);
      await this.presence.released(offer.agentId, offer.callId, offer.handlingId);
    }
  }

  /** The waiting calls in the order in which they will be offered. */
  waiting(queueId: string): Promise<{ callId: string; since: number }[]> {
    return this.room.waiting(queueId);
  }

  /** A take that hangs must not keep the process from stopping; its offer is reclaimed by the next one. */
  private tired(): Promise<void> {
    return new Promise((resolve) => {
      this.clock.at(this.clock.now() + stopPatienceMs, resolve);
    });
  }

  private matchSoon(): void {
    void this.matching.now();
  }

  private async matchAll(): Promise<void> {
    const { take } = this;
    if (!take || this.clock.now() < this.pausedUntil) return;
    await this.reclaim();
    for (const { id } of await this.queues.all()) {
      // Looked at each time: it may be closed while this is under way.
      while (this.closings === 0) {
        const offer = await this.room.match(id, randomUUID(), this.clock.now());
        if (!offer) break;
        this.follow(offer, take);
      }
    }
  }

  /** Matching does not wait for a ring to be under way; stopping does. */
  private follow(offer: Offer, take: Take): void {
    const work: Promise<void> = this.offer(offer, take)
      .catch((error: unknown) =>
        this.logger.error({ msg: 'an offer stays open for now', callId: offer.callId, err: error }),
      )
      .finally(() => this.taking.delete(work));
    this.taking.add(work);
  }

  private async offer(offer: Offer, take: Take): Promise<void> {
    const { queueId, callId, agentId, handlingId } = offer;
    await this.presence.reservedFor(agentId, callId, handlingId);
    await this.settle(offer, await this.outcomeOf(take, { queueId, callId, agentId, handlingId }));
  }

  private async outcomeOf(take: Take, match: Match): Promise<MatchOutcome | 'failed'> {
    try {
      return await take(match);
    } catch (error) {
      // The agent may be rung yet: the offer stays open until that is seen, or it is too old.
      if (mayBeDone(error)) throw error;
      this.logger.error({ msg: 'a match could not be taken', ...match, err: error });
      return 'failed';
    }
  }

  private async settle(offer: Offer, outcome: MatchOutcome | 'failed'): Promise<void> {
    const { callId, agentId, handlingId } = offer;
    switch (outcome) {
      case 'taken':
        await this.room.close(offer, false);
        return;
      case 'call-gone':
        await this.room.close(offer, false);
        await this.presence.released(agentId, callId, handlingId);
        return;
      case 'agent-gone':
        await this.room.close(offer, true);
        await this.presence.missed(agentId, callId, 'device-lost');
        this.matchSoon();
        return;
      case 'failed':
        // A bug, most likely: both are free again, but not tried again at once, so that it cannot spin.
        this.pausedUntil = this.clock.now() + sweepEveryMs;
        await this.room.close(offer, true);
        await this.presence.released(agentId, callId, handlingId);
    }
  }

  /** Offers whose process died between reserving and ringing: where the agent is still reserved, nothing came of it. */
  private async reclaim(): Promise<void> {
    for (const offer of await this.room.offersBefore(this.clock.now() - offerPatienceMs)) {
      const { state, handlingId } = await this.presence.get(offer.agentId);
      const open = state === 'ringing' && handlingId === offer.handlingId;
      if (open) this.logger.warn({ msg: 'an offer that nobody took is withdrawn', callId: offer.callId });
      await this.settle(offer, open ? 'failed' : 'taken');
    }
  }
}
