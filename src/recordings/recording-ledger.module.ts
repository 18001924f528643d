import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { recordingEntity, recordingPeaksEntity } from './recording.entity.js';
import { RecordingLedger } from './recording-ledger.js';

@Module({
  imports: [TypeOrmModule.forFeature([recordingEntity, recordingPeaksEntity])],
  providers: [RecordingLedger],
  exports: [RecordingLedger],
})
export class RecordingLedgerModule {}
