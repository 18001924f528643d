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
    const { personId } = actor;
    const mayHelp = may(actor, 'call.help');
    const [queues, handled] = await Promise.all([this.queues.show(), this.archive.handledToday(personId)]);
    const presence = await this.presence.get(personId);
    const [call, help] = await Promise.all([
      this.calls.callAnywhere(personId, presence.callId),
      mayHelp ? this.help.viewAnywhere(personId) : null,
    ]);
    return {
      presence,
      // Looked at last: a change that was told while the rest was read is not told again.
      call: this.calls.callOf(personId) ?? call,
      queues,
      today: { handled },
      help: (mayHelp && this.help.viewOf(personId)) || help,
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
