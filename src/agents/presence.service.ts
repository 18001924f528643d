import { Injectable } from '@nestjs/common';
import type { Presence } from '../contracts/presence.js';
import type { CommandPayload } from '../contracts/socket.js';
import { type Actor, denyUnless } from '../kernel/actor.js';
import { type Refusal, refuse } from '../kernel/refusal.js';
import { Announcements } from '../platform/announcements/announcements.js';
import { Realtime } from '../platform/realtime/realtime.js';
import { AgentDirectory } from './agent-directory.js';
import * as change from './domain/presence-changes.js';
import { heldByCall, type PresenceModel } from './domain/presence-machine.js';
import { PresenceLog } from './presence-log.js';
import { PresenceStore } from './presence-store.js';

/**
 * What each agent is doing. The truth is in Redis and changes there atomically; every change is then told: to the log,
 * to this process (`presence.changed`) and to the agent's desk.
 */
@Injectable()
export class PresenceService {
  constructor(
    private readonly store: PresenceStore,
    private readonly agents: AgentDirectory,
    private readonly log: PresenceLog,
    private readonly announcements: Announcements,
    private readonly realtime: Realtime,
  ) {}

  async get(agentId: string): Promise<Presence> {
    return this.named(agentId, await this.store.read(agentId));
  }

  /** Every agent of the house, by number. */
  async all(): Promise<Presence[]> {
    const agents = await this.agents.all();
    const models = await this.store.readAll(agents.map(({ id }) => id));
    return Promise.all(models.map((model, index) => this.named(agents[index]?.id ?? '', model)));
  }

  /** The agent's own wish. While a call is talked or wrapped up it is kept for afterwards. */
  async setByAgent(actor: Actor, wish: CommandPayload<'set-presence'>): Promise<Presence | Refusal> {
    const denied = denyUnless(actor, 'presence.own');
    if (denied) return denied;
    // What follows this call is not theirs to choose.
    if (actor.finishing) return refuse('permission.denied');
    if (!(await this.agents.byId(actor.personId))) return refuse('permission.denied', {});
    const wished = wish.state === 'ready' ? change.readyWished : change.notReadyWished(wish.reason);
    const outcome = await this.store.change(actor.personId, wished);
    if ('refusal' in outcome) return outcome.refusal;
    if (outcome.changed) await this.tell(actor.personId, outcome.model);
    return this.named(actor.personId, outcome.model);
  }

  /** Tells of a reservation that routing's script has made already (ready → ringing). */
  async reservedFor(agentId: string, callId: string, handlingId: string): Promise<void> {
    const model = await this.store.read(agentId);
    if (model.callId === callId && model.handlingId === handlingId) await this.tell(agentId, model);
  }

  /** ready → ringing, for an agent that was chosen otherwise than by routing's script. */
  reserve(agentId: string, callId: string, handlingId: string): Promise<boolean> {
    return this.apply(agentId, change.reserved(callId, handlingId));
  }

  /** ringing → talking */
  answered(agentId: string, callId: string, handlingId: string): Promise<boolean> {
    return this.apply(agentId, change.answered(callId, handlingId));
  }

  /** ready or not ready → talking: dialled out, or took over as a lead. False without a softphone or while busy. */
  tookCall(agentId: string, callId: string, handlingId: string): Promise<boolean> {
    return this.apply(agentId, change.tookCall(callId, handlingId));
  }

  /** A lead goes to help: ready → not ready. */
  helps(agentId: string): Promise<boolean> {
    return this.apply(agentId, change.helps);
  }

  /** The lead's help is over. */
  helped(agentId: string): Promise<boolean> {
    return this.apply(agentId, change.helped);
  }

  /** A call lets go of the agent without a record to write. */
  async freed(agentId: string, callId: string, handlingId: string): Promise<void> {
    await this.wrapUp(agentId, callId, handlingId);
    await this.wrapUpDone(agentId, callId);
  }

  /** A call holds the agent, as its timeline knows. */
  found(agentId: string, held: change.Found): Promise<boolean> {
    return this.apply(agentId, change.found(held));
  }

  /** ringing → not ready */
  missed(
    agentId: string,
    callId: string,
    reason: 'missed-call' | 'device-lost' = 'missed-call',
  ): Promise<boolean> {
    return this.apply(agentId, change.missed(callId, reason));
  }

  /** ringing → ready at the old place among the idle: the caller gave up. */
  released(agentId: string, callId: string, handlingId?: string): Promise<boolean> {
    return this.apply(agentId, change.released(callId, handlingId));
  }

  /** talking → wrap-up */
  wrapUp(agentId: string, callId: string, handlingId: string): Promise<boolean> {
    return this.apply(agentId, change.talkEnded(callId, handlingId));
  }

  /** wrap-up → what the agent wished for meanwhile, else ready (`DevicesService` settles who has no softphone then). */
  wrapUpDone(agentId: string, callId: string): Promise<boolean> {
    return this.apply(agentId, change.wrapUpDone(callId));
  }

  /**
   * For start-up: frees every agent whom a call holds that nobody knows any more. `stillHeld` looks at the presence and
   * says whether its call is alive. Returns the freed agents.
   */
  async freeUnless(stillHeld: (presence: Presence) => boolean): Promise<string[]> {
    const freed: string[] = [];
    for (const presence of await this.all()) {
      const { agentId, callId, handlingId } = presence;
      if (callId === null || handlingId === null || stillHeld(presence)) continue;
      await this.released(agentId, callId, handlingId);
      await this.freed(agentId, callId, handlingId);
      freed.push(agentId);
    }
    return freed;
  }

  /** The agent's desk connected: no longer offline. */
  signedIn(agentId: string): Promise<boolean> {
    return this.apply(agentId, change.signedIn);
  }

  /** The softphone may be rung now, or may not. */
  deviceReady(agentId: string, ready: boolean): Promise<boolean> {
    return this.apply(agentId, change.deviceIs(ready));
  }

  /** The softphone stayed away: ready → not ready. */
  deviceLost(agentId: string): Promise<boolean> {
    return this.apply(agentId, change.deviceLost);
  }

  /** The agent left → offline; false while a call holds them. */
  async left(agentId: string): Promise<boolean> {
    const done = await this.apply(agentId, change.left);
    return done || !heldByCall(await this.store.read(agentId));
  }

  /** The call that holds the agent, and that settles everything then; null when none does. */
  async heldByCall(agentId: string): Promise<string | null> {
    return (await this.store.read(agentId)).callId;
  }

  /** Talks with somebody, or writes the record of it. */
  async inCall(agentId: string): Promise<boolean> {
    const { state } = await this.store.read(agentId);
    return state === 'talking' || state === 'wrap-up';
  }

  /** Is given no call after the one in hand. */
  finishes(agentId: string): Promise<boolean> {
    return this.apply(agentId, change.notReadyWished('finishing'));
  }

  private async apply(agentId: string, wanted: change.Change): Promise<boolean> {
    const outcome = await this.store.change(agentId, wanted);
    if ('refusal' in outcome || !outcome.changed) return false;
    await this.tell(agentId, outcome.model);
    return true;
  }

  private async tell(agentId: string, model: PresenceModel): Promise<void> {
    const presence = await this.named(agentId, model);
    this.announcements.announce({ kind: 'presence.changed', presence });
    this.realtime.toPerson(agentId, 'presence.changed', presence);
    void this.log.carryOver();
  }

  private async named(agentId: string, model: PresenceModel): Promise<Presence> {
    const agent = await this.agents.byId(agentId);
    const { idleSince: _, since, ...rest } = model;
    return {
      agentId,
      agentNumber: agent?.number ?? '',
      name: agent?.name ?? '',
      since: new Date(since).toISOString(),
      ...rest,
    };
  }
}
