import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { FlowTrial, FlowWalk } from '../contracts/flow-trial.js';
import { allPrompts } from '../flows/domain/flow-graph.js';
import { FlowPrompts } from '../flows/flow-prompts.js';
import { type Actor, denyUnless } from '../kernel/actor.js';
import { type Refusal, refuse } from '../kernel/refusal.js';
import { QueuesService } from '../routing/queues.service.js';
import { Policies } from '../standard/policies.js';
import { tryFlow } from './domain/menu-trial.js';

/** Flows are tried without a call, published or not. */
@Injectable()
export class FlowTrials {
  constructor(
    private readonly prompts: FlowPrompts,
    private readonly queues: QueuesService,
    private readonly policies: Policies,
  ) {}

  /** What a caller would go through. */
  async walk(actor: Actor, { document, at, ...trial }: FlowTrial): Promise<FlowWalk | Refusal> {
    const denied = denyUnless(actor, 'flows.read');
    if (denied) return denied;
    const home = await this.queues.byNumber(trial.number);
    if (!home) return refuse('flow.number-unknown', { number: trial.number });
    const [queues, policy] = await Promise.all([this.queues.all(), this.policies.current()]);
    const rules = {
      flowId: randomUUID(),
      version: 0,
      document,
      timeZone: policy.document.timeZone,
      queues: new Map(queues.map(({ id, name }) => [id, name])),
      soundOf: await this.prompts.sounds(allPrompts(document)),
    };
    return tryFlow(rules, { ...trial, at: Date.parse(at) }, { id: home.id, name: home.name });
  }
}
