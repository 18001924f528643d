import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Router } from '../routing/router.service.js';
import { Policies } from '../standard/policies.js';
import { TelephonyEngine } from '../telephony/port/engine.js';
import type { ArrivedLeg } from '../telephony/port/engine-event.js';
import { CallControl } from './call-control.service.js';
import { arrivalFacts } from './domain/arrival.js';
import type { CallModel } from './domain/call-model.js';
import { type Told, tell } from './domain/decision.js';
import { factsFromEngine } from './domain/from-engine.js';
import type { LegEvent } from './domain/leg-event.js';
import { FlowRules } from './flow-rules.js';
import { LiveCalls } from './live-calls.js';
import { ReturningCallers } from './returning-callers.js';

/** Receives those who call: begins their calls and says where they wait. */
@Injectable()
export class CallReception {
  constructor(
    private readonly engine: TelephonyEngine,
    private readonly control: CallControl,
    private readonly live: LiveCalls,
    private readonly router: Router,
    private readonly policies: Policies,
    private readonly returning: ReturningCallers,
    private readonly flows: FlowRules,
  ) {}

  /** Begins the call of a party that arrived. */
  async arrive(at: number, leg: ArrivedLeg, node: string): Promise<void> {
    const callId = randomUUID();
    this.live.expect(leg.legId, callId);
    // Within the call's lane from the first moment, so that a hang-up a millisecond later comes after the arrival.
    await this.control.receive(
      callId,
      node,
      async () => {
        const queue = await this.router.queueFor(leg.dialled);
        const { version } = await this.policies.current();
        const led = queue ? await this.flows.atArrival(leg.dialled, queue) : {};
        return arrivalFacts({ at, leg, node }, queue, version, led);
      },
      // Until the database takes the arrival, the caller hears at least that the house is being rung.
      () => this.engine.progress(leg.legId),
    );
  }

  /**
   * Tells a call what happened to one of its legs; a leg that no call knows is passed over. `overtaken`: asked when its turn
   * has come, whether it is true no more.
   */
  async tell(event: LegEvent, overtaken: () => boolean = () => false): Promise<void> {
    const callId = this.live.byLeg(event.legId);
    if (!callId) return;
    await this.control.take(callId, async (call, _policy, _now, rules) => {
      const facts = overtaken() ? [] : factsFromEngine(call, event, rules);
      const opened = facts.some(({ fact }) => fact.kind === 'line.opened');
      return {
        facts: opened && !call.dial && !rules ? [...facts, ...(await this.enter(call, event.at))] : facts,
      };
    });
  }

  /** The caller's line is open: they wait in the queue they dialled; who was lost a short while ago comes first. */
  private async enter({ arrival }: CallModel, at: number): Promise<Told[]> {
    const queue = await this.router.queueFor(arrival.dialled);
    if (!queue) return [];
    const front = await this.returning.isBack(arrival.fromNumber, at);
    return [tell(at, 'system', 'queue.entered', { queueId: queue.id, queueName: queue.name, front })];
  }
}
