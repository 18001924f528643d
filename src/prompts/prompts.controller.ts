import {
  applyDecorators,
  Body,
  Controller,
  Delete,
  Get,
  Param,
  Post,
  Put,
  Res,
  UploadedFile,
  UseInterceptors,
} from '@nestjs/common';
import { FileInterceptor } from '@nestjs/platform-express';
import { ApiConsumes } from '@nestjs/swagger';
import type { Response } from 'express';
import { z } from 'zod';
import {
  type PromptSummary,
  type PromptWish,
  promptSummarySchema,
  promptWishSchema,
} from '../contracts/prompt.js';
import { tidyLine } from '../contracts/text.js';
import type { Actor } from '../kernel/actor.js';
import { orThrow, type Refusal } from '../kernel/refusal.js';
import { parsed } from '../platform/http/parse.js';
import { Route } from '../platform/http/route.decorator.js';
import { CurrentActor } from '../platform/http/session.guard.js';
import { PromptEditing, type UploadedAudio } from './prompt-editing.js';
import { Prompts } from './prompts.js';
import { UploadLimit } from './upload-limit.interceptor.js';

/** A multipart body with the file in the part `audio`. */
const TakesAudio = () =>
  applyDecorators(ApiConsumes('multipart/form-data'), UseInterceptors(UploadLimit, FileInterceptor('audio')));

/** What the parser of multipart bodies makes of the part. */
interface SentFile {
  buffer: Buffer;
  originalname: string;
}

@Controller('prompts')
export class PromptsController {
  constructor(
    private readonly prompts: Prompts,
    private readonly editing: PromptEditing,
  ) {}

  @Get()
  @Route({
    summary: 'The announcements of the house',
    answer: z.array(promptSummarySchema),
    permission: 'flows.read',
  })
  list(@CurrentActor() actor: Actor): Promise<PromptSummary[] | Refusal> {
    return this.prompts.list(actor);
  }

  @Get(':id/audio')
  @Route({ summary: 'One as callers hear it', content: 'audio/wav', permission: 'flows.read' })
  async audio(
    @CurrentActor() actor: Actor,
    @Param('id', parsed(z.uuid())) id: string,
    @Res() response: Response,
  ): Promise<void> {
    const wav = orThrow(await this.prompts.audio(actor, id));
    response.type('audio/wav').send(wav);
  }

  @Post()
  @TakesAudio()
  @Route({
    summary: 'Uploads one: an audio file (WAV, MP3, Ogg, M4A) in the part `audio`',
    body: promptWishSchema,
    answer: promptSummarySchema,
    permission: 'flows.write',
  })
  upload(
    @CurrentActor() actor: Actor,
    @Body(parsed(promptWishSchema)) wish: PromptWish,
    @UploadedFile() file: SentFile | undefined,
  ): Promise<PromptSummary | Refusal> {
    return this.editing.upload(actor, wish, audioOf(file));
  }

  @Put(':id/audio')
  @TakesAudio()
  @Route({
    summary: 'Another recording of it, in the part `audio`',
    answer: promptSummarySchema,
    permission: 'flows.write',
  })
  replace(
    @CurrentActor() actor: Actor,
    @Param('id', parsed(z.uuid())) id: string,
    @UploadedFile() file: SentFile | undefined,
  ): Promise<PromptSummary | Refusal> {
    return this.editing.replace(actor, id, audioOf(file));
  }

  @Put(':id')
  @Route({
    summary: 'Another name, or other words for what is said',
    body: promptWishSchema,
    answer: promptSummarySchema,
    permission: 'flows.write',
  })
  rename(
    @CurrentActor() actor: Actor,
    @Param('id', parsed(z.uuid())) id: string,
    @Body(parsed(promptWishSchema)) wish: PromptWish,
  ): Promise<PromptSummary | Refusal> {
    return this.editing.rename(actor, id, wish);
  }

  @Delete(':id')
  @Route({ summary: 'Removes one that nothing plays', answer: z.null(), permission: 'flows.write' })
  remove(@CurrentActor() actor: Actor, @Param('id', parsed(z.uuid())) id: string): Promise<Refusal | null> {
    return this.editing.remove(actor, id);
  }
}

/** No file at all is refused like an empty one. */
function audioOf(file: SentFile | undefined): UploadedAudio {
  return { content: file?.buffer ?? Buffer.alloc(0), fileName: tidyLine(file?.originalname ?? '', 200) };
}
