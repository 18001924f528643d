import { Controller, Get, Param, Query } from '@nestjs/common';
import { z } from 'zod';
import {
  type CallDetail,
  type CallQuery,
  type CallSummary,
  callDetailSchema,
  callQuerySchema,
  callSummarySchema,
  type Page,
  pageOf,
} from '../contracts/call.js';
import type { Actor } from '../kernel/actor.js';
import type { Refusal } from '../kernel/refusal.js';
import { parsed } from '../platform/http/parse.js';
import { Route } from '../platform/http/route.decorator.js';
import { CurrentActor } from '../platform/http/session.guard.js';
import { CallLists } from './call-lists.service.js';

@Controller('calls')
export class CallsController {
  constructor(private readonly lists: CallLists) {}

  @Get()
  @Route({
    summary:
      'Calls, newest first. Agents see those they were part of, and earlier calls of a number they name.',
    query: callQuerySchema,
    answer: pageOf(callSummarySchema),
    permission: ['call.read-all', 'call.read-own'],
  })
  list(
    @CurrentActor() actor: Actor,
    @Query(parsed(callQuerySchema)) query: CallQuery,
  ): Promise<Page<CallSummary> | Refusal> {
    return this.lists.list(actor, query);
  }

  @Get(':id')
  @Route({
    summary: 'One call with its timeline, the verdicts of each handling and its recordings',
    answer: callDetailSchema,
    permission: ['call.read-all', 'call.read-own'],
  })
  detail(
    @CurrentActor() actor: Actor,
    @Param('id', parsed(z.uuid())) id: string,
  ): Promise<CallDetail | Refusal> {
    return this.lists.detail(actor, id);
  }
}
