import { Injectable, type OnModuleInit } from '@nestjs/common';
import { z } from 'zod';
import { AgentDirectory } from '../agents/agent-directory.js';
import { PresenceService } from '../agents/presence.service.js';
import { type DeskCall, deskCallSchema } from '../contracts/call.js';
import type { DeskSnapshot } from '../contracts/socket.js';
import type { TimelineEvent } from '../contracts/timeline.js';
import type { Actor } from '../kernel/actor.js';
import { may } from '../kernel/actor.js';
import { Clock } from '../kernel/clock.js';
import { Announcements } from '../platform/announcements/announcements.js';
import { Peers } from '../platform/peers/peers.js';
import { PeerAway, type Question } from '../platform/peers/question.js';
import { Realtime } from '../platform/realtime/realtime.js';
import { CallArchive } from './call-archive.js';
import { CallHelp } from './call-help.js';
import { CallOwners } from './call-owners.js';
import { deskCall } from './domain/desk-view.js';
import { LiveCalls } from './live-calls.js';
import { desksRoom, QueueStrip } from './queue-strip.js';

const deskQuestion = {
  name: 'call-at-desk',
  asked: z.string(),
  answer: deskCallSchema.nullable(),
} satisfies Question<string, DeskCall | null>;

/** Keeps every agent's desk equal to the record: the whole picture on connecting, then each change as a whole. */
@Injectable()
export class DeskService implements OnModuleInit {
  constructor(
    private readonly live: LiveCalls,
    private readonly presence: PresenceService,
    private readonly realtime: Realtime,
    private readonly announcements: Announcements,
    private readonly queues: QueueStrip,
    private readonly archive: CallArchive,
    private readonly help: CallHelp,
    private readonly agents: AgentDirectory,
    private readonly owners: CallOwners,
    private readonly peers: Peers,
    private readonly clock: Clock,
  ) {}

  /** Names of colleagues in a call, read again whenever a desk connects or is told. */
  private names: ReadonlyMap<string, string> = new Map();

  onModuleInit(): void {
    this.peers.answer(deskQuestion, async (agentId) => {
      await this.readNames();
      return this.callOf(agentId);
    });
    this.announcements.on('call.advanced', ({ callId, facts }) => this.tellDesks(callId, facts));
    this.realtime.onConnected(async (connection) => {
      if (!may(connection.actor, 'call.handle')) return;
      await connection.join(desksRoom);
      await this.readNames();
      connection.emit('desk.snapshot', await this.snapshot(connection.actor));
    });
  }

  /** The call at the agent's desk as it is shown now; null when there is none. */
  callOf(agentId: string): DeskCall | null {
    const found = this.live.ofAgent(agentId);
    if (!found) return null;
    const { live, handling } = found;
    return deskCall({
      call: live.model,
      handling,
      timeline: live.timeline,
      policy: live.policy,
      draft: live.drafts.get(handling.id) ?? {},
      drafts: live.drafts,
      names: this.names,
      now: this.clock.now(),
    });
  }

  private async readNames(): Promise<void> {
    this.names = new Map((await this.agents.all()).map(({ id, name }) => [id, name]));
  }

  /** As `callOf`, wherever the call is. An owner that cannot be asked tells the desk itself, once it is there. */
  private async callAnywhere(agentId: string, callId: string | null): Promise<DeskCall | null> {
    const here = this.callOf(agentId);
    if (here || callId === null) return here;
    try {
      const place = await this.owners.placeOf(callId);
      return place.at === 'elsewhere' ? await this.peers.ask(place.process, deskQuestion, agentId) : null;
    } catch (error) {
      if (!(error instanceof PeerAway)) throw error;
      return null;
    }
  }

  private async snapshot(actor: Actor): Promise<DeskSnapshot> {
    const [presence, queues, handled] = await Promise.all([
      this.presence.get(actor.personId),
      this.queues.show(),
      this.archive.handledToday(actor.personId),
    ]);
    return {
      presence,
      call: await this.callAnywhere(actor.personId, presence.callId),
      queues,
      today: { handled },
      help: may(actor, 'call.help') ? await this.help.viewAnywhere(actor.personId) : null,
      serverTime: new Date(this.clock.now()).toISOString(),
    };
  }

  private tellDesks(callId: string, facts: readonly TimelineEvent[]): void {
    const agents = new Set<string>();
    for (const { data } of facts) if ('agentId' in data) agents.add(data.agentId);
    for (const { agentId, phase } of this.live.get(callId)?.model.handlings ?? []) {
      if (phase !== 'missed' && phase !== 'cancelled' && phase !== 'closed') agents.add(agentId);
    }
    for (const agentId of agents) this.realtime.toPerson(agentId, 'call.changed', this.callOf(agentId));
  }
}
