import { Injectable, type OnModuleInit } from '@nestjs/common';
import { z } from 'zod';
import { PresenceService } from '../agents/presence.service.js';
import { CallOwners } from '../calls/call-owners.js';
import { LiveCalls } from '../calls/live-calls.js';
import { type Floor, type FloorCall, floorCallSchema } from '../contracts/floor.js';
import { type Actor, denyUnless } from '../kernel/actor.js';
import { Clock } from '../kernel/clock.js';
import type { Refusal } from '../kernel/refusal.js';
import { Peers } from '../platform/peers/peers.js';
import type { Question } from '../platform/peers/question.js';
import { AlarmsService } from './alarms.service.js';
import { floorCallOf } from './domain/floor-call.js';
import { QueueStatuses } from './queue-statuses.js';

const callsQuestion = {
  name: 'calls-on-floor',
  asked: z.null(),
  answer: z.array(floorCallSchema),
} satisfies Question<null, FloorCall[]>;

/** The whole floor at one moment: queues, agents, calls, alarms. */
@Injectable()
export class FloorService implements OnModuleInit {
  constructor(
    private readonly presence: PresenceService,
    private readonly queues: QueueStatuses,
    private readonly alarms: AlarmsService,
    private readonly live: LiveCalls,
    private readonly owners: CallOwners,
    private readonly peers: Peers,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.peers.answer(callsQuestion, async () => this.calls());
  }

  async read(actor: Actor): Promise<Floor | Refusal> {
    return denyUnless(actor, 'floor.watch') ?? this.snapshot();
  }

  /** For those who tell watchers; everyone else asks with `read`. */
  async snapshot(): Promise<Floor> {
    const agents = await this.presence.all();
    const [queues, alarms] = await Promise.all([this.queues.read(agents), this.alarms.recent()]);
    const calls = await this.callsAnywhere();
    return { at: new Date(this.clock.now()).toISOString(), queues, agents, calls, alarms };
  }

  /** Of this process and of all others. */
  private async callsAnywhere(): Promise<FloorCall[]> {
    const elsewhere = await this.owners.askOthers(callsQuestion, null);
    return [...this.calls(), ...elsewhere.flat()];
  }

  private calls(): FloorCall[] {
    return this.live
      .all()
      .filter(({ state }) => state !== 'ended')
      .map((call) => floorCallOf(call, this.live.get(call.id)?.policy.hold.ceilingMs ?? 0));
  }
}
