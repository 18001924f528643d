import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { type FlowTrial, type FlowWalk, flowTrialSchema, flowWalkSchema } from '../contracts/flow-trial.js';
import type { Actor } from '../kernel/actor.js';
import type { Refusal } from '../kernel/refusal.js';
import { parsed } from '../platform/http/parse.js';
import { Route } from '../platform/http/route.decorator.js';
import { CurrentActor } from '../platform/http/session.guard.js';
import { FlowTrials } from './flow-trials.js';

@Controller('flow-trials')
export class FlowTrialsController {
  constructor(private readonly trials: FlowTrials) {}

  @Post()
  @HttpCode(200)
  @Route({
    summary: 'Walks through a flow without a call: the facts that a call would have',
    body: flowTrialSchema,
    answer: flowWalkSchema,
    permission: 'flows.read',
  })
  walk(
    @CurrentActor() actor: Actor,
    @Body(parsed(flowTrialSchema)) trial: FlowTrial,
  ): Promise<FlowWalk | Refusal> {
    return this.trials.walk(actor, trial);
  }
}
