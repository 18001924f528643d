import { join } from 'node:path';
import { Module } from '@nestjs/common';
import { Config } from '../../platform/config/config.js';
import { FileRecordingStore } from './file-recording-store.js';
import { RecordingStore } from './recording-store.js';

@Module({
  providers: [
    {
      provide: RecordingStore,
      inject: [Config],
      useFactory: (config: Config) => new FileRecordingStore(join(config.home, 'recordings')),
    },
  ],
  exports: [RecordingStore],
})
export class RecordingStoreModule {}
