import { Global, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { RecordingAccess } from '../recordings/recording-access.js';
import { StandardModule } from '../standard/standard.module.js';
import { callEntity } from './call.entity.js';
import { CallArchive } from './call-archive.js';
import { CallRecords } from './call-records.js';
import { handlingEntity, wrapUpDraftEntity } from './handling.entity.js';
import { PgCallArchive } from './pg-call-archive.js';
import { timelineEventEntity } from './timeline-event.entity.js';

/** Reading the record of calls, in every process. */
@Global()
@Module({
  imports: [
    TypeOrmModule.forFeature([callEntity, timelineEventEntity, handlingEntity, wrapUpDraftEntity]),
    StandardModule,
  ],
  providers: [
    CallRecords,
    { provide: CallArchive, useClass: PgCallArchive },
    { provide: RecordingAccess, useExisting: CallArchive },
  ],
  exports: [CallRecords, CallArchive, RecordingAccess],
})
export class CallArchiveModule {}
