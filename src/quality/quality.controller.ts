import { Body, Controller, Get, HttpCode, Param, Post, Put, Query } from '@nestjs/common';
import { z } from 'zod';
import { type Page, pageOf } from '../contracts/call.js';
import {
  type Evaluation,
  type EvaluationDraft,
  evaluationDraftSchema,
  evaluationSchema,
  type Review,
  type ReviewQuery,
  type ReviewRow,
  reviewQuerySchema,
  reviewRowSchema,
  reviewSchema,
} from '../contracts/quality.js';
import type { Actor } from '../kernel/actor.js';
import type { Refusal } from '../kernel/refusal.js';
import { parsed } from '../platform/http/parse.js';
import { Route } from '../platform/http/route.decorator.js';
import { CurrentActor } from '../platform/http/session.guard.js';
import { EvaluationsService } from './evaluations.service.js';
import { ReviewsService } from './reviews.service.js';

@Controller('quality')
export class QualityController {
  constructor(
    private readonly reviews: ReviewsService,
    private readonly evaluations: EvaluationsService,
  ) {}

  @Get('handlings')
  @Route({
    summary: 'Answered handlings for review, newest first, with what failed and how far the scoring is',
    query: reviewQuerySchema,
    answer: pageOf(reviewRowSchema),
    permission: 'quality.read-all',
  })
  list(
    @CurrentActor() actor: Actor,
    @Query(parsed(reviewQuerySchema)) query: ReviewQuery,
  ): Promise<Page<ReviewRow> | Refusal> {
    return this.reviews.list(actor, query);
  }

  @Get('handlings/:id')
  @Route({
    summary:
      'Everything one handling is judged from: timeline, verdicts, record, recording, form, evaluation',
    answer: reviewSchema,
    permission: 'quality.read-all',
  })
  review(@CurrentActor() actor: Actor, @Param('id', parsed(z.uuid())) id: string): Promise<Review | Refusal> {
    return this.reviews.review(actor, id);
  }

  @Put('handlings/:id/evaluation')
  @Route({
    summary: 'Saves a draft of the handling’s evaluation as a new revision',
    body: evaluationDraftSchema,
    answer: evaluationSchema,
    permission: 'quality.evaluate',
  })
  save(
    @CurrentActor() actor: Actor,
    @Param('id', parsed(z.uuid())) id: string,
    @Body(parsed(evaluationDraftSchema)) draft: EvaluationDraft,
  ): Promise<Evaluation | Refusal> {
    return this.evaluations.save(actor, id, draft);
  }

  @Post('evaluations/:id/submit')
  @HttpCode(200)
  @Route({
    summary: 'Submits the saved draft: every item marked, once for ever; the agent is told',
    answer: evaluationSchema,
    permission: 'quality.evaluate',
  })
  submit(
    @CurrentActor() actor: Actor,
    @Param('id', parsed(z.uuid())) id: string,
  ): Promise<Evaluation | Refusal> {
    return this.evaluations.submit(actor, id);
  }
}
