import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
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
  type Revealed,
  type RevealWish,
  revealedSchema,
  revealWishSchema,
} from '../contracts/call.js';
import type { Actor } from '../kernel/actor.js';
import type { Refusal } from '../kernel/refusal.js';
import { parsed } from '../platform/http/parse.js';
import { Route } from '../platform/http/route.decorator.js';
import { CurrentActor } from '../platform/http/session.guard.js';
import { CallLists } from './call-lists.service.js';
import { NumberReveals } from './number-reveals.js';

@Controller('calls')
export class CallsController {
  constructor(
    private readonly lists: CallLists,
    private readonly reveals: NumberReveals,
  ) {}

  @Get()
  @Route({
    summary:
      'Calls, newest first, numbers masked. Agents see those they were part of, and by historyOf the other calls of the customer at their desk; fromNumber takes a whole number and is for those who may search.',
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

  @Post(':id/reveal')
  @HttpCode(200)
  @Route({
    summary: 'The customer of one call, unmasked; on record, and only so often an hour',
    body: revealWishSchema,
    answer: revealedSchema,
    permission: 'call.reveal-number',
  })
  reveal(
    @CurrentActor() actor: Actor,
    @Param('id', parsed(z.uuid())) id: string,
    @Body(parsed(revealWishSchema)) wish: RevealWish,
  ): Promise<Revealed | Refusal> {
    return this.reveals.reveal(actor, id, wish);
  }
}
