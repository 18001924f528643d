import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { promptAudioEntity, promptEntity } from './prompt.entity.js';
import { Prompts } from './prompts.js';

/** The house's own announcements: uploaded, converted, brought to the engine. */
@Module({
  imports: [TypeOrmModule.forFeature([promptEntity, promptAudioEntity])],
  providers: [Prompts],
  exports: [Prompts],
})
export class PromptsModule {}
