import { Injectable, Logger, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import type { DeskSnapshot } from '../contracts/socket.js';
import type { FactKind } from '../contracts/timeline.js';
import { type Cancel, Clock } from '../kernel/clock.js';
import { Announcements } from '../platform/announcements/announcements.js';
import { Realtime } from '../platform/realtime/realtime.js';
import { RedisConnections } from '../platform/redis/redis-connections.js';
import { QueuesService } from '../routing/queues.service.js';
import { Router } from '../routing/router.service.js';

/** Facts after which a queue may be longer or shorter. */
const queueFacts: readonly FactKind[] = ['queue.entered', 'ring.offered', 'ring.missed', 'customer.left'];
/** Not more often than this: a busy minute must not flood every desk. */
const pauseMs = 300;
const toldKey = 'queues:told';

export const desksRoom = 'desks';

/** The strip of queues on every agent's desk. */
@Injectable()
export class QueueStrip implements OnModuleInit, OnApplicationShutdown {
  private readonly logger = new Logger(QueueStrip.name);
  private cancel: Cancel | undefined;

  constructor(
    private readonly queues: QueuesService,
    private readonly router: Router,
    private readonly realtime: Realtime,
    private readonly announcements: Announcements,
    private readonly redis: RedisConnections,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.announcements.on('call.advanced', ({ facts }) => {
      if (facts.some(({ kind }) => queueFacts.includes(kind))) this.tellSoon();
    });
  }

  onApplicationShutdown(): void {
    this.cancel?.();
  }

  /** What a desk that connects is shown. It may be ahead of what the others were told, so whatever comes next is told. */
  async show(): Promise<DeskSnapshot['queues']> {
    await this.redis.shared.del(toldKey);
    return this.read();
  }

  /** Each queue with how many wait and since when the first does. */
  private async read(): Promise<DeskSnapshot['queues']> {
    const queues = await this.queues.all();
    return Promise.all(
      queues.map(async ({ id, name }) => {
        const waiting = await this.router.waiting(id);
        const first = waiting.length > 0 ? Math.min(...waiting.map(({ since }) => since)) : null;
        return {
          name,
          waiting: waiting.length,
          longestSince: first === null ? null : new Date(first).toISOString(),
        };
      }),
    );
  }

  private tellSoon(): void {
    this.cancel ??= this.clock.at(this.clock.now() + pauseMs, () => {
      this.cancel = undefined;
      this.tell().catch((error: unknown) =>
        // The next change tells it.
        this.logger.warn({ msg: 'the queues could not be told', err: error }),
      );
    });
  }

  /**
   * Every desk hears of it, so nothing is told twice: where agents are free, a call has been taken up before anybody looks.
   * What was told last is kept for all processes, since each tells all desks.
   */
  private async tell(): Promise<void> {
    const queues = await this.read();
    const shown = JSON.stringify(queues);
    if ((await this.redis.shared.set(toldKey, shown, 'GET')) === shown) return;
    this.realtime.toRoom(desksRoom, 'queues.changed', queues);
  }
}
