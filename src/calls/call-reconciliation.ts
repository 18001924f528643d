import { Injectable, Logger } from '@nestjs/common';
import { PresenceService } from '../agents/presence.service.js';
import type { TimelineEvent } from '../contracts/timeline.js';
import { StoreAway } from '../kernel/store-away.js';
import { isDatabaseAway } from '../platform/database/database-away.js';
import { Router } from '../routing/router.service.js';
import { TelephonyEngine } from '../telephony/port/engine.js';
import type { EngineEvent, ExistingLeg } from '../telephony/port/engine-event.js';
import { CallControl } from './call-control.service.js';
import { CallReception } from './call-reception.js';
import { CallRecords } from './call-records.js';
import { gap } from './domain/arrival.js';
import type { CallModel } from './domain/call-model.js';
import { tell } from './domain/decision.js';
import { menuResumes } from './domain/menu.js';
import {
  callAt,
  missing,
  movedOnSince,
  overtaken,
  type Standing,
  undone,
  untold,
} from './domain/standing.js';
import { LiveCalls } from './live-calls.js';
import { NodeTaken } from './node-fences.js';
import { OutsideCallers } from './outside-callers.js';

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
    private readonly reception: CallReception,
    private readonly outside: OutsideCallers,
  ) {}

  /** Takes up every call of the node that an earlier process left unsettled. */
  async adopt(node: string): Promise<void> {
    await this.each(
      await this.records.unsettled(node),
      ([first]) => first?.callId,
      async (timeline) => {
        await this.control.adopt(timeline);
      },
    );
  }

  /** Nobody may be rung for a customer who cannot be reached at this moment. */
  async leaveQueues(node: string): Promise<void> {
    for (const { id } of this.live.onNode(node)) await this.router.leave(id);
  }

  /** The node is dead: so is whatever was on it. */
  async endAll(node: string, at: number): Promise<void> {
    await this.each(this.live.onNode(node), idOf, async (call) => {
      await this.agree(call, new Map(), at, at);
      await this.control.rearm(call.id);
    });
  }

  /** The house has this node no more: its calls are over, and what agents have yet to write about them is theirs to write. */
  async retire(node: string, at: number): Promise<void> {
    await this.each(this.live.onNode(node), idOf, async ({ id }) => {
      await this.control.take(id, ({ closed }) => ({
        facts: closed ? [] : [tell(at, 'system', 'node.retired', { node })],
      }));
    });
    await this.endAll(node, at);
  }

  /**
   * Marks what nobody watched as a gap, tells each call what its legs show, and does what was left undone. Callers who
   * are there and have no call are taken up.
   */
  async reconcile(connected: Connected, node: string): Promise<void> {
    // First come, first served: nobody is offered to an agent before those are in who called while nobody was connected.
    const open = this.router.close();
    try {
      await this.settle(connected, node);
      await this.outside.areIn(connected.outside);
    } finally {
      open();
    }
  }

  private async settle({ at, since, legs }: Connected, node: string): Promise<void> {
    const standing: Standing = new Map(legs.map((leg) => [leg.legId, leg]));
    const calls = this.live.onNode(node);
    await this.freeReserved(new Set(calls.map(({ id }) => id)), node);
    await this.each(calls, idOf, async (call) => {
      await this.agree(call, standing, since, at);
      await this.control.take(call.id, (model, _policy, _now, rules) => ({
        facts: rules ? menuResumes(model, rules, at) : [],
      }));
      await this.control.catchUpOn(call.id, (now) =>
        movedOnSince(this.timelineOf(call.id), at) ? [] : undone(now, standing),
      );
      await this.control.waitAgain(call.id);
      await this.control.rearm(call.id);
    });
    await this.takeUpUnknown(legs, at, node);
  }

  /** One broken call never keeps the others from being taken up; a store that is away keeps all, and is tried again. */
  private async each<T>(
    all: readonly T[],
    nameOf: (one: T) => string | undefined,
    work: (one: T) => Promise<void>,
  ): Promise<void> {
    for (const one of all) {
      try {
        await work(one);
      } catch (error) {
        if (isDatabaseAway(error) || error instanceof NodeTaken) throw error;
        this.logger.error({ msg: 'a call could not be taken up', callId: nameOf(one), err: error });
      }
    }
  }

  private async agree({ id }: CallModel, standing: Standing, since: number, at: number): Promise<void> {
    const then = callAt(this.timelineOf(id), at);
    if (!then) return;
    await this.control.take(id, ({ closed }) => ({ facts: closed ? [] : [gap(then.lastFactAt, at)] }));
    for (const event of missing(then, standing, since, at)) await this.reception.tell(event);
    for (const event of untold(then, standing, at))
      await this.reception.tell(event, () => overtaken(event, this.timelineOf(id), at));
  }

  private timelineOf(callId: string): readonly TimelineEvent[] {
    return this.live.get(callId)?.timeline ?? [];
  }

  /** A party that arrived by itself is a caller; any other leg that nobody knows is nobody's, and ends. */
  private async takeUpUnknown(legs: readonly ExistingLeg[], at: number, node: string): Promise<void> {
    const unknown = legs.filter(({ legId }) => !this.live.byLeg(legId));
    const calledAt = ({ arrival }: ExistingLeg) => arrival?.at ?? at;
    unknown.sort((one, other) => calledAt(one) - calledAt(other));
    for (const { legId, state, arrival } of unknown) {
      if (!arrival) {
        this.logger.warn({ msg: 'a leg without a call is ended', legId });
        await this.engine.endLeg(legId);
        continue;
      }
      this.logger.warn({ msg: 'a caller whom nobody knew is taken up', legId });
      await this.reception.arrive(at, { ...arrival.leg, waitedSince: arrival.at }, node);
      if (state === 'up') await this.reception.tell({ kind: 'leg.answered', at, legId });
    }
  }

  /** Agents whom a process had reserved that is gone. Where Redis is away, the beat of convergence frees them later. */
  private async freeReserved(callIds: ReadonlySet<string>, node: string): Promise<void> {
    try {
      await this.router.withdraw(callIds);
      const elsewhere = await this.records.unsettledElsewhere([node]);
      await this.presence.freeUnless(
        ({ agentId, callId }) =>
          callId === null || elsewhere.has(callId) || this.live.ofAgent(agentId)?.live.model.id === callId,
      );
    } catch (error) {
      if (!(error instanceof StoreAway)) throw error;
      this.logger.warn({ msg: 'reserved agents are freed when Redis is back', err: error });
    }
  }
}

const idOf = ({ id }: CallModel): string => id;
