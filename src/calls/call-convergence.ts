import { Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { PresenceService } from '../agents/presence.service.js';
import type { HandlingPhase } from '../contracts/call.js';
import type { Presence, PresenceState } from '../contracts/presence.js';
import { Beat } from '../kernel/beat.js';
import { Clock } from '../kernel/clock.js';
import { StoreAway } from '../kernel/store-away.js';
import { RedisConnections } from '../platform/redis/redis-connections.js';
import { Router } from '../routing/router.service.js';
import { CallNodes } from './call-nodes.service.js';
import { CallRecords } from './call-records.js';
import { nodeOf } from './domain/call-model.js';
import { waitingPlace } from './domain/waiting-place.js';
import { LiveCalls } from './live-calls.js';

const everyMs = 2_000;
/** A change is told within milliseconds: what disagrees for longer than this was lost on its way. */
const settledAfterMs = 5_000;

const presenceIn: Partial<Record<HandlingPhase, 'ringing' | 'talking' | 'wrap-up'>> = {
  offered: 'ringing',
  ringing: 'ringing',
  consulted: 'talking',
  talking: 'talking',
  held: 'talking',
  'wrap-up': 'wrap-up',
};

/**
 * What Redis keeps of calls (who waits, whom a call holds) follows from their timelines. What was not told to it while
 * it was away, or was lost with it, is put right here, again and again, so that nothing has to be remembered.
 */
@Injectable()
export class CallConvergence implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger(CallConvergence.name);
  private readonly beat: Beat;

  constructor(
    private readonly live: LiveCalls,
    private readonly records: CallRecords,
    private readonly router: Router,
    private readonly presence: PresenceService,
    private readonly redis: RedisConnections,
    private readonly nodes: CallNodes,
    private readonly clock: Clock,
  ) {
    this.beat = new Beat(
      clock,
      everyMs,
      () => this.converge(),
      (error) => this.failed(error),
    );
  }

  onApplicationBootstrap(): void {
    this.beat.start();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.beat.stop();
  }

  /** Puts right what disagrees now. */
  async converge(): Promise<void> {
    if (!this.redis.up) return;
    for (const { id } of this.live.all()) await this.wait(id);
    for (const presence of await this.presence.all()) {
      if (this.clock.now() - Date.parse(presence.since) > settledAfterMs) await this.hold(presence);
    }
  }

  private async wait(callId: string): Promise<void> {
    const live = this.live.get(callId);
    if (!live || this.clock.now() - live.model.lastFactAt < settledAfterMs) return;
    const place = waitingPlace(live.model);
    // Nobody may be rung for a customer who cannot be reached.
    if (!place || this.nodes.isAway(nodeOf(live.model))) return;
    await this.router.restore(place.queueId, callId, place.since, place.front);
  }

  private async hold({ agentId, callId, handlingId, state }: Presence): Promise<void> {
    const found = this.live.ofAgent(agentId);
    const wanted: PresenceState | undefined = found && presenceIn[found.handling.phase];
    if (found && wanted) {
      const { model } = found.live;
      if (state === wanted && callId === model.id) return;
      if (this.clock.now() - model.lastFactAt < settledAfterMs) return;
      await this.presence.found(agentId, { callId: model.id, handlingId: found.handling.id, state: wanted });
    } else if (callId && handlingId && (await this.records.isSettled(callId))) {
      await this.presence.freeUnless((other) => other.agentId !== agentId || other.callId !== callId);
    }
  }

  private failed(error: unknown): void {
    if (error instanceof StoreAway) this.logger.debug({ msg: 'Redis went away again', err: error });
    else this.logger.error({ msg: 'queues and presence could not be put right', err: error });
  }
}
