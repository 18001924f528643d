/** A real worker process that begins a piece of work, says so, and never ends it: for tests that kill it. */
import 'reflect-metadata';
import { Test } from '@nestjs/testing';
import { ConfigModule } from '../../../src/platform/config/config.module.js';
import { DatabaseModule } from '../../../src/platform/database/database.module.js';
import { JobHandlers } from '../../../src/platform/jobs/job-handlers.js';
import { JobsModule, JobWorkerModule } from '../../../src/platform/jobs/jobs.module.js';
import { MetricsModule } from '../../../src/platform/metrics/metrics.module.js';
import { RedisModule } from '../../../src/platform/redis/redis.module.js';

const worker = await Test.createTestingModule({
  imports: [ConfigModule, MetricsModule, DatabaseModule, RedisModule, JobsModule, JobWorkerModule],
}).compile();
worker.get(JobHandlers).on('recording.finished', ({ recordingId }) => {
  process.send?.(recordingId);
  return new Promise(() => {});
});
await worker.init();
