import { Controller, Get } from '@nestjs/common';
import { type TransferTargets, transferTargetsSchema } from '../contracts/transfer.js';
import type { Actor } from '../kernel/actor.js';
import type { Refusal } from '../kernel/refusal.js';
import { Route } from '../platform/http/route.decorator.js';
import { CurrentActor } from '../platform/http/session.guard.js';
import { CallTransfers } from './call-transfers.js';

@Controller('transfer-targets')
export class TransferTargetsController {
  constructor(private readonly transfers: CallTransfers) {}

  @Get()
  @Route({
    summary: 'Agents, queues and departments that a customer may be put through to, with who is free',
    answer: transferTargetsSchema,
    permission: 'call.handle',
  })
  targets(@CurrentActor() actor: Actor): Promise<TransferTargets | Refusal> {
    return this.transfers.targets(actor);
  }
}
