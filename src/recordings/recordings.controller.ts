import { Controller, Get, Param, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { z } from 'zod';
import { type Peaks, peaksSchema, type Recording, recordingSchema } from '../contracts/recording.js';
import type { Actor } from '../kernel/actor.js';
import { orThrow, type Refusal } from '../kernel/refusal.js';
import { parsed } from '../platform/http/parse.js';
import { Route } from '../platform/http/route.decorator.js';
import { CurrentActor } from '../platform/http/session.guard.js';
import { sendAudio } from './audio-response.js';
import { RecordingsService } from './recordings.service.js';

const listen = ['recording.listen', 'recording.listen-own'] as const;

@Controller('recordings')
export class RecordingsController {
  constructor(private readonly recordings: RecordingsService) {}

  @Get(':id')
  @Route({ summary: 'A recording', answer: recordingSchema, permission: listen })
  async find(
    @CurrentActor() actor: Actor,
    @Param('id', parsed(z.uuid())) id: string,
  ): Promise<Recording | Refusal> {
    return this.recordings.find(actor, id);
  }

  @Get(':id/peaks')
  @Route({ summary: 'Its waveform', answer: peaksSchema, permission: listen })
  async peaks(
    @CurrentActor() actor: Actor,
    @Param('id', parsed(z.uuid())) id: string,
  ): Promise<Peaks | Refusal> {
    return this.recordings.peaks(actor, id);
  }

  @Get(':id/audio')
  @Route({
    summary: 'Its audio: stereo Ogg Opus, the customer left, the agent right; ranges are served',
    content: 'audio/ogg',
    permission: listen,
  })
  async audio(
    @CurrentActor() actor: Actor,
    @Param('id', parsed(z.uuid())) id: string,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    await sendAudio(request, response, orThrow(await this.recordings.audio(actor, id)));
  }
}
