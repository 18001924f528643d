import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { z } from 'zod';
import {
  type FlowDocument,
  type FlowFault,
  type FlowNumber,
  type FlowParts,
  type FlowPublish,
  type FlowVersion,
  type FlowVersionRow,
  flowDocumentSchema,
  flowFaultSchema,
  flowNumberSchema,
  flowPartsSchema,
  flowPublishSchema,
  flowVersionRowSchema,
  flowVersionSchema,
  serviceNumberSchema,
} from '../contracts/flow.js';
import { versionParam } from '../contracts/time.js';
import type { Actor } from '../kernel/actor.js';
import type { Refusal } from '../kernel/refusal.js';
import { parsed } from '../platform/http/parse.js';
import { Route } from '../platform/http/route.decorator.js';
import { CurrentActor } from '../platform/http/session.guard.js';
import { Flows } from './flows.js';

@Controller('flows')
export class FlowsController {
  constructor(private readonly flows: Flows) {}

  @Get()
  @Route({
    summary: 'Every service number, with what its callers go through before the queue',
    answer: z.array(flowNumberSchema),
    permission: 'flows.read',
  })
  numbers(@CurrentActor() actor: Actor): Promise<FlowNumber[] | Refusal> {
    return this.flows.numbers(actor);
  }

  @Get('parts')
  @Route({
    summary: 'Prompts and queues that a flow can be made of',
    answer: flowPartsSchema,
    permission: 'flows.read',
  })
  parts(@CurrentActor() actor: Actor): Promise<FlowParts | Refusal> {
    return this.flows.parts(actor);
  }

  @Post('check')
  @HttpCode(200)
  @Route({
    summary: 'What keeps a flow from being published, step by step; nothing is changed',
    body: flowDocumentSchema,
    answer: z.array(flowFaultSchema),
    permission: 'flows.read',
  })
  check(
    @CurrentActor() actor: Actor,
    @Body(parsed(flowDocumentSchema)) document: FlowDocument,
  ): Promise<FlowFault[] | Refusal> {
    return this.flows.check(actor, document);
  }

  @Get(':number')
  @Route({ summary: 'The flow in force', answer: flowVersionSchema, permission: 'flows.read' })
  current(
    @CurrentActor() actor: Actor,
    @Param('number', parsed(serviceNumberSchema)) number: string,
  ): Promise<FlowVersion | Refusal> {
    return this.flows.current(actor, number);
  }

  @Post(':number')
  @Route({
    summary: 'Publishes a new version for calls that arrive from now on',
    body: flowPublishSchema,
    answer: flowVersionSchema,
    permission: 'flows.write',
  })
  publish(
    @CurrentActor() actor: Actor,
    @Param('number', parsed(serviceNumberSchema)) number: string,
    @Body(parsed(flowPublishSchema)) wish: FlowPublish,
  ): Promise<FlowVersion | Refusal> {
    return this.flows.publish(actor, number, wish);
  }

  @Get(':number/versions')
  @Route({
    summary: 'Every version, newest first: who made it and why',
    answer: z.array(flowVersionRowSchema),
    permission: 'flows.read',
  })
  versions(
    @CurrentActor() actor: Actor,
    @Param('number', parsed(serviceNumberSchema)) number: string,
  ): Promise<FlowVersionRow[] | Refusal> {
    return this.flows.versions(actor, number);
  }

  @Get(':number/versions/:version')
  @Route({ summary: 'One version', answer: flowVersionSchema, permission: 'flows.read' })
  version(
    @CurrentActor() actor: Actor,
    @Param('number', parsed(serviceNumberSchema)) number: string,
    @Param('version', parsed(versionParam)) version: number,
  ): Promise<FlowVersion | Refusal> {
    return this.flows.version(actor, number, version);
  }
}
