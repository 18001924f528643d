import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { type DeviceLoss, DevicesService } from '../agents/devices.service.js';
import { Clock } from '../kernel/clock.js';
import { Announcements } from '../platform/announcements/announcements.js';
import { EngineUnavailable, TelephonyEngine } from '../telephony/port/engine.js';
import { CallControl } from './call-control.service.js';
import { agentAway, recallAgent } from './domain/away.js';
import { type CallModel, type HandlingModel, handlingOf, isOpen } from './domain/call-model.js';
import type { Told } from './domain/decision.js';
import { agentGone, ringMissed } from './domain/endings.js';
import { LiveCalls } from './live-calls.js';

/** How often a phone that lost its signalling is listened to: no packet in between, and nobody is there. */
const listenEveryMs = 1_000;

type Decides = (call: CallModel, handling: HandlingModel, now: number) => Told[];

/**
 * Brings to the calls what becomes of the agents' softphones: one that is gone is awaited, one that is back is rung again
 * for the talk it was in, and one that only lost its signalling is left alone as long as its sound comes.
 */
@Injectable()
export class CallReturns implements OnModuleInit {
  private readonly logger = new Logger(CallReturns.name);

  constructor(
    private readonly devices: DevicesService,
    private readonly engine: TelephonyEngine,
    private readonly control: CallControl,
    private readonly live: LiveCalls,
    private readonly announcements: Announcements,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.announcements.on('call.advanced', ({ facts }) => {
      for (const { kind, data } of facts) if (kind === 'agent.away') this.guard(this.recall(data.agentId));
    });
  }

  /** The softphone of an agent in one of this process's calls is gone, or may be. */
  async lost(agentId: string, why: DeviceLoss): Promise<void> {
    if (why === 'signed-out') {
      return this.decide(agentId, (call, handling, now) => [
        ...ringMissed(call, handling, now, 'engine', 'device-lost'),
        ...agentGone(call, handling, now, 'left'),
      ]);
    }
    const handling = this.live.ofAgent(agentId)?.handling;
    const soundTells = why === 'cut-off' || why === 'device-lost';
    if (soundTells && handling?.answeredAt != null) return this.listen(agentId, handling.legId);
    if (why === 'cut-off') return;
    return this.decide(agentId, (call, handling, now) => [
      // A page that is loaded again rings on as soon as it is back; one that is not is told as lost later.
      ...(why === 'page-gone' ? [] : ringMissed(call, handling, now, 'engine', 'device-lost')),
      ...agentAway(call, handling, now, why),
    ]);
  }

  /** Signalling may be gone and the sound still there: only when that stops too, the agent is away. */
  private async listen(agentId: string, legId: string, packetsBefore?: number): Promise<void> {
    const found = this.live.ofAgent(agentId);
    if (found?.handling.legId !== legId || !isOpen(found.handling)) return;
    if (await this.devices.deviceOf(agentId)) return;
    const packets = await this.packetsFrom(legId);
    if (packets !== undefined && packets === packetsBefore) {
      return this.decide(agentId, (call, handling, now) => agentAway(call, handling, now, 'no-media'));
    }
    this.clock.at(this.clock.now() + listenEveryMs, () =>
      this.guard(this.listen(agentId, legId, packets ?? packetsBefore)),
    );
  }

  /** Undefined while nobody can tell: then nothing is concluded from it. */
  private async packetsFrom(legId: string): Promise<number | undefined> {
    try {
      return (await this.engine.legStatistics(legId))?.packetsIn;
    } catch (error) {
      if (error instanceof EngineUnavailable) return undefined;
      throw error;
    }
  }

  /** The phone says which legs it holds: a talk that it lost, or that is on another phone of the agent's, comes to it. */
  async ready(agentId: string, legs: readonly string[] | null): Promise<void> {
    await this.decide(agentId, (call, handling, now) => {
      const lacks = legs !== null && !legs.includes(handling.legId);
      return handling.away || lacks ? recallAgent(call, handling, now) : [];
    });
  }

  /** A phone that is there all the while need not be waited for. */
  private async recall(agentId: string): Promise<void> {
    if (!(await this.devices.deviceOf(agentId))) return;
    await this.decide(agentId, (call, handling, now) =>
      handling.away && handling.recallLegId === null ? recallAgent(call, handling, now) : [],
    );
  }

  private async decide(agentId: string, what: Decides): Promise<void> {
    const found = this.live.ofAgent(agentId);
    if (!found) return;
    const handlingId = found.handling.id;
    await this.control.take(found.live.model.id, (call, _policy, now) => {
      const handling = handlingOf(call, handlingId);
      return { facts: handling && isOpen(handling) ? what(call, handling, now) : [] };
    });
  }

  private guard(work: Promise<unknown>): void {
    work.catch((error: unknown) =>
      this.logger.error({ msg: 'a softphone could not be followed', err: error }),
    );
  }
}
