import { Module } from '@nestjs/common';
import { MulterModule } from '@nestjs/platform-express';
import { TypeOrmModule } from '@nestjs/typeorm';
import { Config } from '../platform/config/config.js';
import { promptAudioEntity, promptEntity } from './prompt.entity.js';
import { PromptConverter } from './prompt-converter.js';
import { PromptEditing } from './prompt-editing.js';
import { PromptSounds } from './prompt-sounds.js';
import { PromptsController } from './prompts.controller.js';
import { Prompts } from './prompts.js';

/** The house's own announcements: uploaded, converted, brought to the engine. */
@Module({
  imports: [
    TypeOrmModule.forFeature([promptEntity, promptAudioEntity]),
    MulterModule.registerAsync({
      inject: [Config],
      useFactory: ({ prompts }: Config) => ({
        limits: { fileSize: prompts.largestBytes, files: 1, fields: 5, fieldSize: 4_096 },
        defParamCharset: 'utf8',
      }),
    }),
  ],
  controllers: [PromptsController],
  providers: [Prompts, PromptConverter, PromptEditing, PromptSounds],
  exports: [Prompts],
})
export class PromptsModule {}
