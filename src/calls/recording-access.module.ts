import { Global, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { RecordingAccess } from '../recordings/recording-access.js';
import { callEntity } from './call.entity.js';
import { handlingEntity, wrapUpDraftEntity } from './handling.entity.js';
import { judgementEntity } from './judgement.entity.js';
import { PgRecordingAccess } from './pg-recording-access.js';
import { timelineEventEntity } from './timeline-event.entity.js';

/** The recordings' view of calls, in the API and in the worker. */
@Global()
@Module({
  imports: [
    TypeOrmModule.forFeature([
      callEntity,
      timelineEventEntity,
      handlingEntity,
      judgementEntity,
      wrapUpDraftEntity,
    ]),
  ],
  providers: [{ provide: RecordingAccess, useClass: PgRecordingAccess }],
  exports: [RecordingAccess],
})
export class RecordingAccessModule {}
