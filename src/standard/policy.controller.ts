import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { z } from 'zod';
import {
  type PolicyPublish,
  type PolicyVersion,
  type PolicyVersionRow,
  policyPublishSchema,
  policyVersionRowSchema,
  policyVersionSchema,
} from '../contracts/policy.js';
import { versionParam } from '../contracts/time.js';
import type { Actor } from '../kernel/actor.js';
import type { Refusal } from '../kernel/refusal.js';
import { parsed } from '../platform/http/parse.js';
import { Route } from '../platform/http/route.decorator.js';
import { CurrentActor } from '../platform/http/session.guard.js';
import { Policies } from './policies.js';

@Controller('policy')
export class PolicyController {
  constructor(private readonly policies: Policies) {}

  @Get()
  @Route({
    summary: 'The standard in force: what a call that begins now is judged by',
    answer: policyVersionSchema,
    permission: 'policy.read',
  })
  current(): Promise<PolicyVersion> {
    return this.policies.current();
  }

  @Get('versions')
  @Route({
    summary: 'Every version of the standard, newest first: who made it and why',
    answer: z.array(policyVersionRowSchema),
    permission: 'policy.read',
  })
  versions(@CurrentActor() actor: Actor): Promise<PolicyVersionRow[] | Refusal> {
    return this.policies.versions(actor);
  }

  @Get('versions/:version')
  @Route({
    summary: 'One version of the standard',
    answer: policyVersionSchema,
    permission: 'policy.read',
  })
  version(@Param('version', parsed(versionParam)) version: number): Promise<PolicyVersion | Refusal> {
    return this.policies.version(version);
  }

  @Post()
  @Route({
    summary: 'Publishes a new version; calls that have begun keep theirs',
    body: policyPublishSchema,
    answer: policyVersionSchema,
    permission: 'policy.write',
  })
  publish(
    @CurrentActor() actor: Actor,
    @Body(parsed(policyPublishSchema)) publish: PolicyPublish,
  ): Promise<PolicyVersion | Refusal> {
    return this.policies.publish(actor, publish);
  }
}
