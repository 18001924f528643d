import { Injectable, Logger } from '@nestjs/common';
import type { PolicyDocument } from '../contracts/policy.js';
import type { TimelineEvent } from '../contracts/timeline.js';
import { type Cancel, Clock } from '../kernel/clock.js';
import { isRefusal, orThrow, type Refusal, refuse } from '../kernel/refusal.js';
import { Announcements } from '../platform/announcements/announcements.js';
import { isDatabaseAway } from '../platform/database/database-away.js';
import { Policies } from '../standard/policies.js';
import { CallDirectives } from './call-directives.js';
import { CallLanes } from './call-lanes.js';
import { type Attempt, CallPatience } from './call-patience.js';
import { CallMovedOn, CallRecords } from './call-records.js';
import { advance, replay } from './domain/advance.js';
import { type CallModel, nodeOf, settled } from './domain/call-model.js';
import { dueFacts, nextLook } from './domain/deadlines.js';
import { type Decision, iso, type Told } from './domain/decision.js';
import type { Directive } from './domain/directive.js';
import { followUps, waitsFor } from './domain/follow-up.js';
import type { MenuRules } from './domain/menu-model.js';
import { FlowRules } from './flow-rules.js';
import { type LiveCall, LiveCalls } from './live-calls.js';

/** A pure decision on a call as it is now. `rules`: of the flow that the caller is led by before the queue. */
export type Decider = (
  call: CallModel,
  policy: PolicyDocument,
  now: number,
  rules: MenuRules | null,
) => Decision | Promise<Decision>;

/** The engine's last words about a call (its recording is complete) come a little after its end. */
const keepSettledMs = 60_000;
const lookAgainMs = 1_000;
/** A stop does not wait longer than this for what waits for the database. */
const stopPatienceMs = 5_000;

/**
 * The one place where calls change: one lane per call around load → decide → advance → save → tell → act. A command or
 * event brings a pure decision; its facts are committed together, then announced, then what follows from them is asked
 * of the engine, the router and presence.
 *
 * While the database is away, what happened waits in its call's lane in the order it happened (`take`); what somebody
 * wants is answered "try again" (`decide`).
 */
@Injectable()
export class CallControl {
  private readonly logger = new Logger(CallControl.name);
  private readonly timers = new Map<string, Cancel>();
  /** The nodes of calls that arrived and are not on record yet. */
  private readonly arriving = new Map<string, string>();

  constructor(
    private readonly live: LiveCalls,
    private readonly lanes: CallLanes,
    private readonly records: CallRecords,
    private readonly policies: Policies,
    private readonly directives: CallDirectives,
    private readonly announcements: Announcements,
    private readonly flows: FlowRules,
    private readonly patience: CallPatience,
    private readonly clock: Clock,
  ) {}

  /** Takes up a new call that somebody wants: what `arrive` tells begins with `call.arrived`. */
  async begin(callId: string, node: string, arrive: () => Promise<readonly Told[]>): Promise<void> {
    await this.arrives(callId, node, () => this.open(callId, arrive));
  }

  /** Takes up a call that has arrived, however long the database is away; `onStall`: it is, and the caller waits. */
  async receive(
    callId: string,
    node: string,
    arrive: () => Promise<readonly Told[]>,
    onStall: () => Promise<void>,
  ): Promise<void> {
    await this.arrives(callId, node, () =>
      this.patience.keep(callId, (again) => this.open(callId, arrive, again), onStall),
    );
  }

  /** Takes up a call that an earlier process left, without telling anything. Its timers are armed by `rearm`. */
  async adopt(timeline: TimelineEvent[]): Promise<CallModel> {
    const model = timeline.reduce<CallModel | null>(advance, null);
    if (!model) throw new Error('a call without facts cannot be adopted');
    const { document } = orThrow(await this.policies.version(model.arrival.policyVersion));
    const drafts = await this.records.drafts(model.handlings.map(({ id }) => id));
    this.live.put({ model, timeline, policy: document, drafts });
    return model;
  }

  /** Sets the timer for the call's next deadline: after `adopt`, when the engine's truth is known. */
  async rearm(callId: string): Promise<void> {
    await this.lanes.run(callId, async () => {
      const live = this.live.get(callId);
      if (live) await this.arm(live);
    });
  }

  /** Puts a call that waits for an agent back among the waiting, should it be missing there. */
  async waitAgain(callId: string): Promise<void> {
    await this.lanes.run(callId, async () => {
      const live = this.live.get(callId);
      if (!live) return;
      for (const directive of waitsFor(live.model))
        await this.directives.carryOut(live.model, live.policy, directive);
    });
  }

  /**
   * What somebody wants: lets `decide` look at the call and appends its facts. Null: done; a refusal: what the person is
   * told, with or without facts. Throws `StoreAway` while the call waits for the database.
   */
  async decide(callId: string, decide: Decider): Promise<Refusal | null> {
    return this.patience.hurry(callId, (attempt) =>
      this.lanes.run(callId, () => this.settle(callId, decide, attempt)),
    );
  }

  /** What happened: as `decide`, kept in its place among what else the call tells until the database takes it. */
  async take(callId: string, decide: Decider): Promise<Refusal | null> {
    return this.lanes.run(callId, () => this.patience.keep(callId, () => this.settle(callId, decide)));
  }

  /** Asks the engine, in the call's lane, for what follows from its facts and was not done. */
  async catchUpOn(callId: string, undone: (call: CallModel) => readonly Directive[]): Promise<void> {
    await this.lanes.run(callId, async () => {
      const live = this.live.get(callId);
      if (!live) return;
      const { model, policy } = live;
      for (const directive of undone(model)) await this.directives.carryOut(model, policy, directive);
    });
  }

  /** Resolves when what follows from the call's facts so far has been asked of the engine, the router and presence. */
  async hasFollowed(callId: string): Promise<void> {
    await this.lanes.run(callId, async () => undefined);
  }

  /** Another process has the node's calls in hand from now on: nothing of them is kept here. */
  async letGo(node: string): Promise<void> {
    // Of the other nodes' calls there is always one that has something to do.
    await this.lanes.idle((callId) => this.nodeOf(callId) === node);
    for (const { id } of this.live.onNode(node)) {
      this.timers.get(id)?.();
      this.timers.delete(id);
      this.live.forget(id);
    }
  }

  /** Waits until every lane is empty, but not for a database that is away: for an orderly stop. */
  async idle(): Promise<void> {
    for (const cancel of this.timers.values()) cancel();
    this.timers.clear();
    const tired = new Promise<void>((resolve) => {
      this.clock.at(this.clock.now() + stopPatienceMs, resolve);
    });
    await Promise.race([this.lanes.idle(), tired]);
  }

  private async arrives(callId: string, node: string, work: () => Promise<void>): Promise<void> {
    this.arriving.set(callId, node);
    try {
      await this.lanes.run(callId, work);
    } finally {
      this.arriving.delete(callId);
    }
  }

  private nodeOf(callId: string): string | undefined {
    const live = this.live.get(callId);
    return live ? nodeOf(live.model) : this.arriving.get(callId);
  }

  private async open(callId: string, arrive: () => Promise<readonly Told[]>, again = false): Promise<void> {
    const told = await arrive();
    const first = told[0]?.fact;
    if (first?.kind !== 'call.arrived') throw new Error(`call ${callId} does not begin with its arrival`);
    const { document } = orThrow(await this.policies.version(first.data.policyVersion));
    const live = this.next(callId, null, document, told);
    const recorded = again ? await this.records.timeline(callId) : [];
    if (recorded.length > 0) await this.catchUp({ ...live, timeline: [] });
    else await this.commit(null, live, live.timeline);
  }

  /** `attempt`: somebody waits for it, and not for ever. */
  private async settle(callId: string, decide: Decider, attempt?: Attempt): Promise<Refusal | null> {
    attempt?.inTime();
    const live = this.live.get(callId);
    if (!live) return refuse('call.not-found', { callId });
    const rules = await this.flows.of(live.model);
    const decision = await decide(live.model, live.policy, this.clock.now(), rules);
    try {
      if (decision.facts.length > 0) {
        attempt?.commits();
        await this.append(live, decision.facts);
      }
    } catch (error) {
      if (!(error instanceof CallMovedOn)) throw error;
      await this.catchUp(live);
      return this.settle(callId, decide, attempt);
    }
    return decision.refusal ?? null;
  }

  /** The database holds more facts than we do: a commit took effect whose answer was lost. Throws when it does not. */
  private async catchUp(live: LiveCall): Promise<void> {
    const timeline = await this.records.timeline(live.model.id);
    const facts = timeline.slice(live.timeline.length);
    const model = replay(timeline);
    if (!model || facts.length === 0) throw new CallMovedOn(live.model.id);
    await this.follow({ ...live, model, timeline }, facts);
  }

  private async append(live: LiveCall, told: readonly Told[]): Promise<void> {
    const next = this.next(live.model.id, live, live.policy, told);
    await this.commit(live.model, next, next.timeline.slice(live.timeline.length));
  }

  private next(
    callId: string,
    before: LiveCall | null,
    policy: PolicyDocument,
    told: readonly Told[],
  ): LiveCall {
    let model = before?.model ?? null;
    const timeline = [...(before?.timeline ?? [])];
    for (const { at, source, fact } of told) {
      const event = { callId, seq: timeline.length + 1, at: iso(at), source, ...fact } as TimelineEvent;
      model = advance(model, event);
      timeline.push(event);
    }
    if (!model) throw new Error(`call ${callId}: nothing was told`);
    return { model, timeline, policy, drafts: before?.drafts ?? new Map() };
  }

  private async commit(before: CallModel | null, live: LiveCall, facts: TimelineEvent[]): Promise<void> {
    await this.records.append(before, live, facts);
    await this.follow(live, facts);
  }

  /** The facts are committed: they are told, and what follows from them is done. */
  private async follow(live: LiveCall, facts: TimelineEvent[]): Promise<void> {
    const { model } = live;
    this.live.put(live);
    await this.arm(live);
    this.announcements.announce({ kind: 'call.advanced', callId: model.id, facts });
    for (const fact of facts) {
      for (const directive of followUps(model, fact))
        await this.directives.carryOut(model, live.policy, directive);
    }
    if (settled(model)) this.clock.at(this.clock.now() + keepSettledMs, () => this.live.drop(model.id));
  }

  private async arm({ model, policy }: LiveCall): Promise<void> {
    const at = await this.nextLook(model, policy);
    this.timers.get(model.id)?.();
    this.timers.delete(model.id);
    if (at !== null)
      this.timers.set(
        model.id,
        this.clock.at(at, () => void this.look(model.id)),
      );
  }

  private async nextLook(model: CallModel, policy: PolicyDocument): Promise<number | null> {
    try {
      return nextLook(model, policy, await this.flows.of(model));
    } catch (error) {
      if (!isDatabaseAway(error)) throw error;
      // The facts are committed and what follows from them must not wait: looked at when the database may be back.
      return this.clock.now() + lookAgainMs;
    }
  }

  private async look(callId: string): Promise<void> {
    try {
      const refusal = await this.take(callId, (call, policy, now, rules) => ({
        facts: dueFacts(call, policy, now, rules),
      }));
      if (isRefusal(refusal)) this.logger.debug({ msg: 'deadline of a call that has gone', callId });
      else await this.rearm(callId);
    } catch (error) {
      this.logger.error({ msg: 'a deadline could not be acted on', callId, err: error });
      // The fact is still due: look again when the database may be back.
      this.timers.set(
        callId,
        this.clock.at(this.clock.now() + lookAgainMs, () => void this.look(callId)),
      );
    }
  }
}
