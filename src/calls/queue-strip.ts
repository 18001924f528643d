import { Injectable, Logger, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import type { DeskSnapshot } from '../contracts/socket.js';
import type { FactKind } from '../contracts/timeline.js';
import { type Cancel, Clock } from '../kernel/clock.js';
import { Announcements } from '../platform/announcements/announcements.js';
import { Realtime } from '../platform/realtime/realtime.js';
import { QueuesService } from '../routing/queues.service.js';
import { Router } from '../routing/router.service.js';

/** Facts after which a queue may be longer or shorter. */
const queueFacts: readonly FactKind[] = ['queue.entered', 'ring.offered', 'ring.missed', 'customer.left'];
/** Not more often than this: a busy minute must not flood every desk. */
const pauseMs = 300;

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

  /** Each queue with how many wait and since when the first does. */
  async read(): Promise<DeskSnapshot['queues']> {
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

  private async tell(): Promise<void> {
    this.realtime.toRoom(desksRoom, 'queues.changed', await this.read());
  }
}
