import { Module } from '@nestjs/common';
import { RecordingAccessModule } from './calls/recording-access.module.js';
import { AnnouncementsModule } from './platform/announcements/announcements.module.js';
import { ConfigModule } from './platform/config/config.module.js';
import { DatabaseModule } from './platform/database/database.module.js';
import { SignOfLife } from './platform/health/sign-of-life.js';
import { JobsModule, JobWorkerModule } from './platform/jobs/jobs.module.js';
import { MetricsModule } from './platform/metrics/metrics.module.js';
import { RedisModule } from './platform/redis/redis.module.js';
import { RecordingIngestModule } from './recordings/ingest/recording-ingest.module.js';
import { TelephonyModule } from './telephony/telephony.module.js';

/** The worker process: background work from the outbox. No edges; features add the modules that handle topics. */
@Module({
  imports: [
    ConfigModule,
    MetricsModule,
    DatabaseModule,
    RedisModule,
    AnnouncementsModule,
    JobsModule,
    JobWorkerModule,
    TelephonyModule,
    RecordingAccessModule,
    RecordingIngestModule,
  ],
  providers: [SignOfLife],
})
export class WorkerModule {}
