import { Injectable, Logger } from '@nestjs/common';
import { PresenceService } from '../agents/presence.service.js';
import { Router } from '../routing/router.service.js';
import { TelephonyEngine } from '../telephony/port/engine.js';
import type { EngineEvent, ExistingLeg } from '../telephony/port/engine-event.js';
import { CallControl } from './call-control.service.js';
import { CallRecords } from './call-records.js';
import { type CallModel, legsOf } from './domain/call-model.js';
import { iso, type Told, tell } from './domain/decision.js';
import { factsFromEngine } from './domain/from-engine.js';
import type { LegEvent } from './domain/leg-event.js';
import { menuResumes } from './domain/menu.js';
import { LiveCalls } from './live-calls.js';

type Connected = Extract<EngineEvent, { kind: 'engine.connected' }>;

/** Makes the calls agree with what the engine really has, after a start or a lost link. */
@Injectable()
export class CallReconciliation {
  private readonly logger = new Logger(CallReconciliation.name);

  constructor(
    private readonly engine: TelephonyEngine,
    private readonly control: CallControl,
    private readonly records: CallRecords,
    private readonly live: LiveCalls,
    private readonly presence: PresenceService,
    private readonly router: Router,
  ) {}

  /** Takes up every call of the node that an earlier process left unsettled. */
  async adopt(node: string): Promise<void> {
    for (const timeline of await this.records.unsettled(node)) await this.control.adopt(timeline);
  }

  /** Nobody may be rung for a customer who cannot be reached at this moment. */
  async leaveQueues(node: string): Promise<void> {
    for (const { id } of this.live.onNode(node)) await this.router.leave(id);
  }

  /** The node is dead: so is whatever was on it. */
  async endAll(node: string, at: number): Promise<void> {
    for (const call of this.live.onNode(node)) {
      await this.control.decide(call.id, (model) => ({ facts: gap(model, at) }));
      await this.endMissing(call, new Map(), at, 'engine.lost');
      await this.control.rearm(call.id);
    }
  }

  /** Legs that are gone are told one by one, the customer's first: what follows from each is as if it had just ended. */
  private async endMissing(
    { id, arrival }: CallModel,
    existing: ReadonlyMap<string, ExistingLeg>,
    at: number,
    cause: string,
  ): Promise<void> {
    const call = this.live.get(id)?.model;
    for (const legId of call ? legsOf(call) : []) {
      if (existing.has(legId)) continue;
      // A number that had not been dialled yet has no leg that could be missing.
      if (legId === arrival.legId && call?.dial?.startedAt === null) continue;
      const ended: LegEvent = { kind: 'leg.ended', legId, at, by: 'engine', cause };
      await this.control.decide(id, (model) => ({ facts: factsFromEngine(model, ended) }));
    }
  }

  async reconcile({ at, legs }: Connected, node: string): Promise<void> {
    const existing = new Map(legs.map((leg) => [leg.legId, leg]));
    for (const call of this.live.onNode(node)) {
      await this.control.decide(call.id, (model) => ({ facts: gap(model, at) }));
      await this.endMissing(call, existing, at, 'gone while not connected');
      await this.control.decide(call.id, (model, _policy, _now, rules) => ({
        facts: rules ? menuResumes(model, rules, at) : [],
      }));
      await this.control.waitAgain(call.id);
      await this.control.rearm(call.id);
    }
    for (const { legId } of legs) {
      if (this.live.byLeg(legId)) continue;
      this.logger.warn({ msg: 'a leg without a call is ended', legId });
      await this.engine.endLeg(legId);
    }
    const elsewhere = await this.records.unsettledElsewhere([node]);
    await this.presence.freeUnless(
      ({ agentId, callId }) =>
        callId === null || elsewhere.has(callId) || this.live.ofAgent(agentId)?.live.model.id === callId,
    );
  }
}

/** A stretch that nobody watched is a gap. */
const gap = (call: CallModel, at: number): Told[] =>
  call.closed ? [] : [tell(at, 'system', 'engine.gap', { from: iso(call.lastFactAt), until: iso(at) })];
