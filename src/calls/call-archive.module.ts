import { Global, Module } from '@nestjs/common';
import { StandardModule } from '../standard/standard.module.js';
import { CallArchive } from './call-archive.js';
import { CallRecords } from './call-records.js';
import { NodeFences } from './node-fences.js';
import { PgCallArchive } from './pg-call-archive.js';
import { RecordingAccessModule } from './recording-access.module.js';

/** The record of calls, for reading by the features above. */
@Global()
@Module({
  imports: [RecordingAccessModule, StandardModule],
  providers: [NodeFences, CallRecords, { provide: CallArchive, useClass: PgCallArchive }],
  exports: [NodeFences, CallRecords, CallArchive],
})
export class CallArchiveModule {}
