import { Controller, Get, Param, Query } from '@nestjs/common';
import { z } from 'zod';
import { type Page, pageOf } from '../contracts/call.js';
import {
  type Result,
  type ResultQuery,
  type ResultRow,
  resultQuerySchema,
  resultRowSchema,
  resultSchema,
} from '../contracts/quality.js';
import type { Actor } from '../kernel/actor.js';
import type { Refusal } from '../kernel/refusal.js';
import { parsed } from '../platform/http/parse.js';
import { Route } from '../platform/http/route.decorator.js';
import { CurrentActor } from '../platform/http/session.guard.js';
import { ResultsService } from './results.service.js';

@Controller('quality/results')
export class ResultsController {
  constructor(private readonly results: ResultsService) {}

  @Get()
  @Route({
    summary: 'The agent’s own submitted scores, newest first',
    query: resultQuerySchema,
    answer: pageOf(resultRowSchema),
    permission: 'quality.read-own',
  })
  list(
    @CurrentActor() actor: Actor,
    @Query(parsed(resultQuerySchema)) query: ResultQuery,
  ): Promise<Page<ResultRow> | Refusal> {
    return this.results.list(actor, query);
  }

  @Get(':evaluationId')
  @Route({
    summary: 'One submitted score with all it rests on; agents see their own, and opening it is noted',
    answer: resultSchema,
    permission: ['quality.read-own', 'quality.read-all'],
  })
  result(
    @CurrentActor() actor: Actor,
    @Param('evaluationId', parsed(z.uuid())) evaluationId: string,
  ): Promise<Result | Refusal> {
    return this.results.result(actor, evaluationId);
  }
}
