import { Injectable, type OnModuleInit } from '@nestjs/common';
import { PresenceService } from '../agents/presence.service.js';
import type { DeskSnapshot } from '../contracts/socket.js';
import type { TimelineEvent } from '../contracts/timeline.js';
import type { Actor } from '../kernel/actor.js';
import { may } from '../kernel/actor.js';
import { Clock } from '../kernel/clock.js';
import { Announcements } from '../platform/announcements/announcements.js';
import { Realtime } from '../platform/realtime/realtime.js';
import { CallArchive } from './call-archive.js';
import { DeskCalls } from './desk-calls.js';
import { HelpViews } from './help-views.js';
import { LiveCalls } from './live-calls.js';
import { desksRoom, QueueStrip } from './queue-strip.js';

/** Keeps every agent's desk equal to the record: the whole picture on connecting, then each change as a whole. */
@Injectable()
export class DeskService implements OnModuleInit {
  constructor(
    private readonly calls: DeskCalls,
    private readonly live: LiveCalls,
    private readonly presence: PresenceService,
    private readonly queues: QueueStrip,
    private readonly archive: CallArchive,
    private readonly help: HelpViews,
    private readonly realtime: Realtime,
    private readonly announcements: Announcements,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.announcements.on('call.advanced', ({ callId, facts }) => this.tellDesks(callId, facts));
    this.realtime.onConnected(async (connection) => {
      if (!may(connection.actor, 'call.handle')) return;
      await connection.join(desksRoom, 'call.handle');
      await this.calls.readNames();
      connection.emit('desk.snapshot', await this.snapshot(connection.actor));
    });
  }

  private async snapshot(actor: Actor): Promise<DeskSnapshot> {
    const [presence, queues, handled] = await Promise.all([
      this.presence.get(actor.personId),
      this.queues.show(),
      this.archive.handledToday(actor.personId),
    ]);
    return {
      presence,
      call: await this.calls.callAnywhere(actor.personId, presence.callId),
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
    for (const agentId of agents) this.realtime.toPerson(agentId, 'call.changed', this.calls.callOf(agentId));
  }
}
