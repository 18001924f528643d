/** A worker process with its real modules, database, Redis and store; only the engine's recordings are a folder. */
import 'reflect-metadata';
import { join } from 'node:path';
import { Global, Module } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { ConfigModule } from '../../../src/platform/config/config.module.js';
import { DatabaseModule } from '../../../src/platform/database/database.module.js';
import { JobsModule, JobWorkerModule } from '../../../src/platform/jobs/jobs.module.js';
import { MetricsModule } from '../../../src/platform/metrics/metrics.module.js';
import { RedisModule } from '../../../src/platform/redis/redis.module.js';
import { OriginalRecordings } from '../../../src/recordings/ingest/original-recordings.js';
import { RecordingIngestModule } from '../../../src/recordings/ingest/recording-ingest.module.js';
import { RecordingAccess } from '../../../src/recordings/recording-access.js';
import { FileRecordingStore } from '../../../src/recordings/storage/file-recording-store.js';
import { RecordingStore } from '../../../src/recordings/storage/recording-store.js';
import { TelephonyEngine } from '../../../src/telephony/port/engine.js';
import { type Death, Dying } from './dying.js';
import { FolderOriginals } from './folder-originals.js';

const { ORIGINALS = '', SANLING_HOME = '', DIES_AT, DIES_FOR = '' } = process.env;

const originals = new FolderOriginals(ORIGINALS);
const store = new FileRecordingStore(join(SANLING_HOME, 'recordings'));
const dying = DIES_AT ? new Dying(DIES_FOR, DIES_AT as Death) : undefined;
const lastingCalls: RecordingAccess = {
  mayHear: async () => false,
  callEndedAt: async () => null,
};

@Global()
@Module({
  providers: [
    { provide: TelephonyEngine, useValue: originals },
    { provide: RecordingAccess, useValue: lastingCalls },
  ],
  exports: [TelephonyEngine, RecordingAccess],
})
class NeighboursModule {}

const worker = await Test.createTestingModule({
  imports: [
    ConfigModule,
    MetricsModule,
    DatabaseModule,
    RedisModule,
    JobsModule,
    JobWorkerModule,
    NeighboursModule,
    RecordingIngestModule,
  ],
})
  .overrideProvider(OriginalRecordings)
  .useValue(dying?.originals(originals) ?? originals)
  .overrideProvider(RecordingStore)
  .useValue(dying?.store(store) ?? store)
  .compile();
worker.enableShutdownHooks();
await worker.init();
process.send?.('ready');
