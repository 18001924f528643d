import { Injectable, type OnModuleInit } from '@nestjs/common';
import { JobHandlers } from '../../platform/jobs/job-handlers.js';
import { RecordingLedger } from '../recording-ledger.js';
import { IngestLoop } from './ingest-loop.js';

/**
 * Takes note of what calls tell about recordings. The work itself is not done within the job: it is long, and its
 * repetition stands in the recording's row.
 */
@Injectable()
export class RecordingJobs implements OnModuleInit {
  constructor(
    private readonly handlers: JobHandlers,
    private readonly ledger: RecordingLedger,
    private readonly loop: IngestLoop,
  ) {}

  onModuleInit(): void {
    this.handlers.on('recording.started', async ({ callId, recordingId, startedAt }) => {
      await this.ledger.started(recordingId, callId, new Date(startedAt));
      this.loop.wake();
    });
    this.handlers.on('recording.finished', async ({ callId, recordingId }) => {
      await this.ledger.finished(recordingId, callId);
      this.loop.wake();
    });
  }
}
