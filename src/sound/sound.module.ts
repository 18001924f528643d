import { Module } from '@nestjs/common';
import { CallsModule } from '../calls/calls.module.js';
import { CallSound } from './call-sound.service.js';
import { SoundController } from './sound.controller.js';
import { SoundLedger } from './sound-ledger.js';
import { SoundPoll } from './sound-poll.js';
import { SoundRecords } from './sound-records.js';
import { SoundReports } from './sound-reports.js';

/** How the sound of each leg fares: measured, watched by the policy's limits, kept. */
@Module({
  imports: [CallsModule],
  controllers: [SoundController],
  providers: [SoundRecords, SoundLedger, SoundPoll, SoundReports, CallSound],
})
export class SoundModule {}
