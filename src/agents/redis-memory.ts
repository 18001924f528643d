import { randomUUID } from 'node:crypto';
import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { Beat } from '../kernel/beat.js';
import { Clock } from '../kernel/clock.js';
import { StoreAway } from '../kernel/store-away.js';
import { RedisConnections } from '../platform/redis/redis-connections.js';
import { DeviceStore } from './device-store.js';
import { PresenceStore } from './presence-store.js';

const lookEveryMs = 1_000;

/**
 * Notices a Redis that came back without what it knew (restarted without its file, or emptied), by a mark that this
 * process leaves there, and tells it again what this process saw last of the agents and their softphones. Calls put
 * right what they know better (`CallConvergence`).
 */
@Injectable()
export class RedisMemory implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger(RedisMemory.name);
  private readonly mark = `agents:mark:${randomUUID()}`;
  private readonly looking: Beat;
  private marked = false;

  constructor(
    private readonly redis: RedisConnections,
    private readonly devices: DeviceStore,
    private readonly presence: PresenceStore,
    clock: Clock,
  ) {
    this.looking = new Beat(
      clock,
      lookEveryMs,
      () => this.look(),
      (error) => this.failed(error),
    );
  }

  onApplicationBootstrap(): void {
    this.looking.start();
  }

  async onModuleDestroy(): Promise<void> {
    await this.looking.stop();
  }

  private async look(): Promise<void> {
    if (!this.redis.up) return;
    const lost = (await this.redis.shared.exists(this.mark)) === 0;
    if (!lost) return;
    if (this.marked) {
      this.logger.warn({ msg: 'Redis lost its memory: agents and softphones are told to it again' });
      await this.devices.restore();
      await this.presence.restore();
    }
    // A process that died leaves its mark for a day.
    await this.redis.shared.set(this.mark, '1', 'EX', 86_400);
    this.marked = true;
  }

  private failed(error: unknown): void {
    const level = error instanceof StoreAway ? 'debug' : 'error';
    this.logger[level]({ msg: "Redis' memory could not be looked at", err: error });
  }
}
