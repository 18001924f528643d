import {
  type BeforeApplicationShutdown,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Clock } from '../../kernel/clock.js';
import { JobQueue } from './job-queue.js';
import type { OutboxRow } from './outbox.entity.js';

const everyMs = 300;
const batch = 100;
/** A row handed over this long ago and still open is handed over again: Redis may have lost it. */
const patienceMs = 60_000;
const keepDoneMs = 7 * 86_400_000;

/**
 * Moves rows of the outbox to the queue. Several processes may run it. A crash between queueing and marking hands a row
 * over twice, under one job id; a queue that was lost is filled again from the rows that are not done.
 */
@Injectable()
export class OutboxRelay implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(OutboxRelay.name);
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> = Promise.resolve();
  private stopped = false;
  private sweptAt = 0;

  constructor(
    private readonly source: DataSource,
    private readonly queue: JobQueue,
    private readonly clock: Clock,
  ) {}

  onApplicationBootstrap(): void {
    this.schedule();
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    await this.running;
  }

  /** Hands over what is due now; returns how many rows. */
  async relay(): Promise<number> {
    const now = this.clock.now();
    return this.source.transaction(async (db) => {
      const rows: Pick<OutboxRow, 'id' | 'topic'>[] = await db.query(
        `select id, topic from outbox
          where done_at is null and failed_at is null and (handed_at is null or handed_at < $1)
          order by added_at limit ${batch} for update skip locked`,
        [new Date(now - patienceMs)],
      );
      if (rows.length === 0) return 0;
      await this.queue.hand(rows);
      await db.query('update outbox set handed_at = $1 where id = any($2)', [
        new Date(now),
        rows.map((row) => row.id),
      ]);
      return rows.length;
    });
  }

  private schedule(): void {
    if (this.stopped) return;
    this.timer = setTimeout(() => {
      this.running = this.turn().finally(() => this.schedule());
    }, everyMs);
    this.timer.unref();
  }

  private async turn(): Promise<void> {
    try {
      while (!this.stopped && (await this.relay()) === batch);
      await this.sweep();
    } catch (error) {
      // Database or Redis away: the rows stay, the next turn tries again.
      this.logger.warn({ msg: 'outbox: could not hand over', err: error });
    }
  }

  private async sweep(): Promise<void> {
    const now = this.clock.now();
    if (now - this.sweptAt < 3_600_000) return;
    this.sweptAt = now;
    await this.source.query('delete from outbox where done_at < $1', [new Date(now - keepDoneMs)]);
  }
}
