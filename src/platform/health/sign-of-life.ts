import { writeFile } from 'node:fs/promises';
import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Beat } from '../../kernel/beat.js';
import { Clock } from '../../kernel/clock.js';
import { Config } from '../config/config.js';
import { RedisConnections } from '../redis/redis-connections.js';

export const signEveryMs = 5_000;

/**
 * A file of a process that has no door to ask at: written anew every few seconds while the process and its stores answer, so
 * that its age tells whoever watches over it (`SANLING_SIGN_OF_LIFE`).
 */
@Injectable()
export class SignOfLife implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger(SignOfLife.name);
  private readonly beat: Beat | undefined;

  constructor(
    private readonly source: DataSource,
    private readonly redis: RedisConnections,
    { signOfLife }: Config,
    clock: Clock,
  ) {
    const failed = (error: unknown) => this.logger.warn({ msg: 'no sign of life is given', err: error });
    if (signOfLife) this.beat = new Beat(clock, signEveryMs, () => this.sign(signOfLife), failed);
  }

  onApplicationBootstrap(): void {
    this.beat?.start();
    void this.beat?.now();
  }

  async onModuleDestroy(): Promise<void> {
    await this.beat?.stop();
  }

  private async sign(file: string): Promise<void> {
    await Promise.all([this.source.query('select 1'), this.redis.shared.ping()]);
    await writeFile(file, '');
  }
}
