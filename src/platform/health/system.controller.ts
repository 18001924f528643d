import { Controller, Get, Header, Res } from '@nestjs/common';
import type { OpenAPIObject } from '@nestjs/swagger';
import type { Response } from 'express';
import { z } from 'zod';
import { type Health, healthSchema } from '../../contracts/rest.js';
import { Route } from '../http/route.decorator.js';
import { Metrics } from '../metrics/metrics.js';
import { ApiDescription } from './api-description.js';
import { HealthChecks } from './health-checks.js';

/** What operators ask: is it up, what does it measure, what can be asked. */
@Controller()
export class SystemController {
  constructor(
    private readonly checks: HealthChecks,
    private readonly metrics: Metrics,
    private readonly description: ApiDescription,
  ) {}

  @Get('health')
  @Route({
    summary: 'Health: 200 when every part works, else 503; what is running short is named',
    answer: healthSchema,
    open: true,
  })
  async health(@Res({ passthrough: true }) response: Response): Promise<Health> {
    const health = await this.checks.health();
    if (health.status === 'failing') response.status(503);
    return health;
  }

  @Get('metrics')
  @Header('Content-Type', 'text/plain; version=0.0.4; charset=utf-8')
  @Route({
    summary: 'Metrics in the Prometheus text format',
    content: 'text/plain',
    permission: 'metrics.read',
  })
  async read(): Promise<string> {
    return this.metrics.registry.metrics();
  }

  @Get('openapi.json')
  @Route({ summary: 'This description', answer: z.object({ openapi: z.string() }), open: true })
  openapi(): OpenAPIObject {
    return this.description.document();
  }
}
