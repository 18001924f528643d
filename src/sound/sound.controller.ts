import { Controller, Get, Param } from '@nestjs/common';
import { z } from 'zod';
import { type LegSound, legSoundSchema } from '../contracts/sound-quality.js';
import type { Actor } from '../kernel/actor.js';
import type { Refusal } from '../kernel/refusal.js';
import { parsed } from '../platform/http/parse.js';
import { Route } from '../platform/http/route.decorator.js';
import { CurrentActor } from '../platform/http/session.guard.js';
import { CallSound } from './call-sound.service.js';

@Controller('calls')
export class SoundController {
  constructor(private readonly sound: CallSound) {}

  @Get(':id/sound')
  @Route({
    summary: 'How the sound of each leg of the call fared: codec, score, loss, jitter, round trip',
    answer: z.array(legSoundSchema),
    permission: ['call.read-all', 'call.read-own'],
  })
  ofCall(
    @CurrentActor() actor: Actor,
    @Param('id', parsed(z.uuid())) id: string,
  ): Promise<LegSound[] | Refusal> {
    return this.sound.ofCall(actor, id);
  }
}
