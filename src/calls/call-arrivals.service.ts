import { randomUUID } from 'node:crypto';
import {
  type BeforeApplicationShutdown,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { Router } from '../routing/router.service.js';
import { Policies } from '../standard/policies.js';
import { TelephonyEngine } from '../telephony/port/engine.js';
import type { EngineEvent } from '../telephony/port/engine-event.js';
import { CallControl } from './call-control.service.js';
import { CallNodes } from './call-nodes.service.js';
import { CallOffers } from './call-offers.js';
import { type Told, tell } from './domain/decision.js';
import { factsFromEngine } from './domain/from-engine.js';
import type { LegEvent } from './domain/leg-event.js';
import { FlowRules } from './flow-rules.js';
import { LiveCalls } from './live-calls.js';

type Arrival = Extract<EngineEvent, { kind: 'leg.arrived' }>;

/** Brings to the calls what the engine tells, on the nodes that this process owns. */
@Injectable()
export class CallArrivals implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(CallArrivals.name);
  private unsubscribe: () => void = () => undefined;

  constructor(
    private readonly engine: TelephonyEngine,
    private readonly control: CallControl,
    private readonly live: LiveCalls,
    private readonly router: Router,
    private readonly policies: Policies,
    private readonly nodes: CallNodes,
    private readonly offers: CallOffers,
    private readonly flows: FlowRules,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    this.unsubscribe = this.engine.onEvent((event, node) => this.guard(event.kind, this.take(event, node)));
    await this.nodes.start();
    this.offers.begin();
  }

  /** While Redis is still there, so that the nodes can be given back. */
  async beforeApplicationShutdown(): Promise<void> {
    this.unsubscribe();
    await this.nodes.stop();
  }

  private async take(event: EngineEvent, node: string): Promise<void> {
    switch (event.kind) {
      case 'leg.arrived':
        return this.arrive(event, node);
      case 'engine.connected':
        return this.nodes.connected(event, node);
      case 'engine.lost':
        return this.nodes.disconnected(node);
      case 'stranger.refused':
        // No call came of it; the edge keeps count.
        return;
      default:
        return this.tellCall(event);
    }
  }

  private async tellCall(event: LegEvent): Promise<void> {
    const callId = this.live.byLeg(event.legId);
    if (!callId) return;
    const queue = await this.queueOf(callId, event);
    await this.control.decide(callId, (call, _policy, _now, rules) => {
      const facts = factsFromEngine(call, event, rules);
      const opened = facts.some(({ fact }) => fact.kind === 'line.opened');
      return { facts: opened && queue && !rules ? [...facts, enter(event.at, queue)] : facts };
    });
  }

  /** Only an opened line needs to know its queue. */
  private async queueOf(callId: string, event: LegEvent) {
    const call = this.live.get(callId)?.model;
    if (event.kind !== 'leg.answered' || event.legId !== call?.arrival.legId) return undefined;
    return this.router.queueFor(call.arrival.dialled);
  }

  private async arrive({ at, leg }: Arrival, node: string): Promise<void> {
    const callId = randomUUID();
    this.live.expect(leg.legId, callId);
    // Within the call's lane from the first moment, so that a hang-up a millisecond later comes after the arrival.
    await this.control.begin(callId, async () => {
      const queue = await this.router.queueFor(leg.dialled);
      const policy = await this.policies.current();
      const arrived = tell(at, 'engine', 'call.arrived', {
        direction: 'inbound',
        channel: leg.deviceId ? 'web' : 'trunk',
        fromNumber: leg.fromNumber,
        fromName: leg.fromName,
        dialled: leg.dialled,
        legId: leg.legId,
        node,
        policyVersion: policy.version,
        serviceName: queue?.name ?? '',
        ...(queue ? await this.flows.atArrival(leg.dialled, queue) : {}),
      });
      return queue ? [arrived] : [arrived, tell(at, 'system', 'call.turned-away', { why: 'unknown-number' })];
    });
  }

  private guard(what: string, work: Promise<unknown>): void {
    work.catch((error: unknown) => this.logger.error({ msg: `could not take up: ${what}`, err: error }));
  }
}

const enter = (at: number, queue: { id: string; name: string }): Told =>
  tell(at, 'system', 'queue.entered', { queueId: queue.id, queueName: queue.name, front: false });
