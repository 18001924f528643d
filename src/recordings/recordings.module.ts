import { Module } from '@nestjs/common';
import { RecordingLedgerModule } from './recording-ledger.module.js';
import { RecordingsController } from './recordings.controller.js';
import { RecordingsService } from './recordings.service.js';
import { RecordingStoreModule } from './storage/recording-store.module.js';

/** Recordings for reading: in the API. Needs `RecordingAccess` from a global module. */
@Module({
  imports: [RecordingLedgerModule, RecordingStoreModule],
  controllers: [RecordingsController],
  providers: [RecordingsService],
  exports: [RecordingsService],
})
export class RecordingsModule {}
