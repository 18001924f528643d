import { Injectable, Logger } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Clock } from '../../kernel/clock.js';
import { isDatabaseAway } from './database-away.js';

const askEveryMs = 500;

/** Waits for PostgreSQL to come back: one asks for all who wait. */
@Injectable()
export class DatabaseWatch {
  private readonly logger = new Logger(DatabaseWatch.name);
  private waiting: Promise<void> | undefined;

  constructor(
    private readonly source: DataSource,
    private readonly clock: Clock,
  ) {}

  /** True while somebody waits for it. */
  get away(): boolean {
    return this.waiting !== undefined;
  }

  /** Resolves when PostgreSQL answers again. */
  back(): Promise<void> {
    this.waiting ??= this.wait().finally(() => {
      this.waiting = undefined;
    });
    return this.waiting;
  }

  private async wait(): Promise<void> {
    const since = this.clock.now();
    this.logger.warn({ msg: 'PostgreSQL is away: what calls tell is kept until it is back' });
    do await this.pause();
    while (!(await this.answers()));
    this.logger.log({ msg: 'PostgreSQL is back', awayMs: this.clock.now() - since });
  }

  private async answers(): Promise<boolean> {
    try {
      await this.source.query('select 1');
      return true;
    } catch (error) {
      if (isDatabaseAway(error)) return false;
      throw error;
    }
  }

  private pause(): Promise<void> {
    return new Promise((resolve) => {
      this.clock.at(this.clock.now() + askEveryMs, resolve);
    });
  }
}
