import { Controller, Get } from '@nestjs/common';
import { type Floor, floorSchema } from '../contracts/floor.js';
import type { Actor } from '../kernel/actor.js';
import type { Refusal } from '../kernel/refusal.js';
import { Route } from '../platform/http/route.decorator.js';
import { CurrentActor } from '../platform/http/session.guard.js';
import { FloorService } from './floor.service.js';

@Controller('floor')
export class FloorController {
  constructor(private readonly floor: FloorService) {}

  @Get()
  @Route({
    summary: 'Queues, agents, calls and alarms as they are now',
    answer: floorSchema,
    permission: 'floor.watch',
  })
  read(@CurrentActor() actor: Actor): Promise<Floor | Refusal> {
    return this.floor.read(actor);
  }
}
