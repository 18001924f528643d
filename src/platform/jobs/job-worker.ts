import {
  type BeforeApplicationShutdown,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { type Job, Worker } from 'bullmq';
import { Counter } from 'prom-client';
import { DataSource } from 'typeorm';
import { tidyLine } from '../../contracts/text.js';
import { Metrics } from '../metrics/metrics.js';
import { JobHandlers } from './job-handlers.js';
import { type JobData, JobQueue, queueName } from './job-queue.js';
import { type OutboxRow, outboxEntity } from './outbox.entity.js';
import { type Topic, type TopicPayload, topics } from './topics.js';

/** Takes jobs from the queue in the worker process and marks their outbox rows. */
@Injectable()
export class JobWorker implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(JobWorker.name);
  private readonly failures: Counter<'topic' | 'final'>;
  private worker: Worker<JobData> | undefined;

  constructor(
    private readonly source: DataSource,
    private readonly queue: JobQueue,
    private readonly handlers: JobHandlers,
    metrics: Metrics,
  ) {
    this.failures = new Counter({
      name: 'sanling_job_failures_total',
      help: 'Attempts at background work that failed; final: given up',
      labelNames: ['topic', 'final'],
      registers: [metrics.registry],
    });
  }

  onApplicationBootstrap(): void {
    this.worker = new Worker<JobData>(queueName, (job) => this.work(job), {
      connection: this.queue.connection('job-worker'),
      prefix: this.queue.prefix,
      concurrency: 2,
      // A killed worker's job is taken up by another after this long.
      lockDuration: 10_000,
      stalledInterval: 5_000,
      maxStalledCount: 5,
    });
    this.worker.on('failed', (job, error) => void this.failed(job, error));
    this.worker.on('error', (error) => this.logger.warn({ msg: 'job worker', err: error }));
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.worker?.close();
  }

  private async work(job: Job<JobData>): Promise<void> {
    const rows = this.source.getRepository(outboxEntity);
    const row = await rows.findOneBy({ id: job.data.outboxId });
    if (!row || row.doneAt) return;
    await this.handle(row);
    await rows.update({ id: row.id }, { doneAt: new Date(), failure: null });
  }

  private async handle(row: OutboxRow): Promise<void> {
    const topic = row.topic as Topic;
    const handler = this.handlers.of(topic);
    if (!handler) throw new Error(`jobs: nobody handles ${row.topic}`);
    await handler(topics[topic].parse(row.payload) as TopicPayload<typeof topic>);
  }

  private async failed(job: Job<JobData> | undefined, error: Error): Promise<void> {
    const final = !job || job.attemptsMade >= (job.opts.attempts ?? 1) || job.finishedOn !== undefined;
    const topic = job?.name ?? 'unknown';
    this.failures.inc({ topic, final: String(final) });
    this.logger[final ? 'error' : 'warn']({
      msg: final ? 'job given up' : 'job failed, will be tried again',
      topic,
      outboxId: job?.data.outboxId,
      attempt: job?.attemptsMade,
      err: error,
    });
    if (!job || !final) return;
    try {
      await this.source
        .getRepository(outboxEntity)
        .update({ id: job.data.outboxId }, { failedAt: new Date(), failure: tidyLine(error.message, 1_000) });
    } catch (cause) {
      // The row stays open and is handed over again later, which is the better side to err on.
      this.logger.error({ msg: 'job failure could not be noted', outboxId: job.data.outboxId, err: cause });
    }
  }
}
