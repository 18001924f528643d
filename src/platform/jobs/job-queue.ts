import { type BeforeApplicationShutdown, Injectable, Logger } from '@nestjs/common';
import { type ConnectionOptions, Queue } from 'bullmq';
import { RedisConnections } from '../redis/redis-connections.js';
import type { OutboxRow } from './outbox.entity.js';

export const queueName = 'work';

/** What a job carries: everything else is in its outbox row. */
export interface JobData {
  outboxId: string;
}

/** The BullMQ queue between the outbox and the worker. */
@Injectable()
export class JobQueue implements BeforeApplicationShutdown {
  readonly prefix: string;
  private readonly queue: Queue<JobData>;

  constructor(private readonly redis: RedisConnections) {
    this.prefix = redis.named('jobs');
    this.queue = new Queue<JobData>(queueName, { connection: this.connection('jobs'), prefix: this.prefix });
    const logger = new Logger(JobQueue.name);
    this.queue.on('error', (error) => logger.warn(`job queue: ${error.message}`));
  }

  /** A connection for BullMQ, which blocks on it and must not be prefixed. */
  connection(purpose: string): ConnectionOptions {
    return this.redis.open(purpose);
  }

  /** Adds the rows. A row's job id is its own id: one that is still known to the queue is not added again. */
  async hand(rows: readonly Pick<OutboxRow, 'id' | 'topic'>[]): Promise<void> {
    await this.queue.addBulk(
      rows.map(({ id, topic }) => ({
        name: topic,
        data: { outboxId: id },
        opts: {
          jobId: id,
          // The last ones are half an hour apart: an engine that is away for a while is waited for.
          attempts: 12,
          backoff: { type: 'exponential', delay: 1_000, jitter: 0.2 },
          // Gone as soon as it ended, so that a row that is open all the same can be handed over anew.
          removeOnComplete: true,
          removeOnFail: true,
        },
      })),
    );
  }

  /** Jobs waiting, delayed and running, for metrics. */
  async counts(): Promise<Record<string, number>> {
    return this.queue.getJobCounts('wait', 'delayed', 'active');
  }

  /** Before the connections to Redis are cut, which happens at the very end. */
  async beforeApplicationShutdown(): Promise<void> {
    await this.queue.close();
  }
}
