import { Module } from '@nestjs/common';
import { TelephonyEngine } from '../../telephony/port/engine.js';
import { RecordingLedgerModule } from '../recording-ledger.module.js';
import { RecordingStoreModule } from '../storage/recording-store.module.js';
import { IngestLoop } from './ingest-loop.js';
import { OriginalRecordings } from './original-recordings.js';
import { RecordingIngest } from './recording-ingest.js';
import { RecordingJobs } from './recording-jobs.js';
import { RecordingLocks } from './recording-locks.js';

/**
 * Stores recordings: in the worker only. Needs `TelephonyEngine` (only to fetch and delete recordings), `JobHandlers`
 * and `RecordingAccess` from global modules.
 */
@Module({
  imports: [RecordingLedgerModule, RecordingStoreModule],
  providers: [
    { provide: OriginalRecordings, useExisting: TelephonyEngine },
    RecordingLocks,
    RecordingIngest,
    IngestLoop,
    RecordingJobs,
  ],
})
export class RecordingIngestModule {}
