import { Injectable } from '@nestjs/common';
import type { TimelineEventOf } from '../contracts/timeline.js';
import { allPrompts } from '../flows/domain/flow-graph.js';
import { FlowPrompts } from '../flows/flow-prompts.js';
import { FlowVersions } from '../flows/flow-versions.js';
import { orThrow } from '../kernel/refusal.js';
import { QueuesService } from '../routing/queues.service.js';
import { Policies } from '../standard/policies.js';
import type { CallModel } from './domain/call-model.js';
import type { MenuRules } from './domain/menu-model.js';

/** What an arrival tells of the flow that the caller is led by. */
type Led = Pick<TimelineEventOf<'call.arrived'>['data'], 'flow' | 'returnQueue'>;

/** By which flow a call is led before the queue, and what of it is there now. */
@Injectable()
export class FlowRules {
  constructor(
    private readonly versions: FlowVersions,
    private readonly prompts: FlowPrompts,
    private readonly queues: QueuesService,
    private readonly policies: Policies,
  ) {}

  /** The flow in force for a number, as the arrival of a call tells it; nothing when it has none. */
  async atArrival(number: string, returnQueue: { id: string; name: string }): Promise<Led> {
    const found = await this.versions.newest(number);
    if (!found?.document.enabled) return {};
    const { flowId, version, document } = found;
    return { returnQueue, flow: { flowId, version, recording: document.recording } };
  }

  /** Null for a call without a flow, and for one that has left it. */
  async of({ arrival, state }: CallModel): Promise<MenuRules | null> {
    if (!arrival.flow || (state !== 'arriving' && state !== 'menu')) return null;
    const { flowId, version } = arrival.flow;
    const [found, queues, policy] = await Promise.all([
      this.versions.ofCall(flowId, version),
      this.queues.all(),
      this.policies.version(arrival.policyVersion),
    ]);
    const document = found?.document ?? null;
    return {
      flowId,
      version,
      document,
      timeZone: orThrow(policy).document.timeZone,
      queues: new Map(queues.map(({ id, name }) => [id, name])),
      soundOf: await this.prompts.sounds(document ? allPrompts(document) : []),
    };
  }
}
