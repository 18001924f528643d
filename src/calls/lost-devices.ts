import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { z } from 'zod';
import { DevicesService } from '../agents/devices.service.js';
import { PresenceService } from '../agents/presence.service.js';
import { Peers } from '../platform/peers/peers.js';
import type { Question } from '../platform/peers/question.js';
import { CallControl } from './call-control.service.js';
import { CallOwners } from './call-owners.js';
import { isOpen, lastHandlingOfAgent } from './domain/call-model.js';
import { agentGone, ringMissed } from './domain/endings.js';

const lostSchema = z.object({ agentId: z.string(), callId: z.string() });
type Lost = z.output<typeof lostSchema>;
const lostQuestion = {
  name: 'device-lost',
  asked: lostSchema,
  answer: z.null(),
} satisfies Question<Lost, null>;

/** An agent's softphone went for good: whatever process saw it, the call that the agent is in is told. */
@Injectable()
export class LostDevices implements OnModuleInit {
  private readonly logger = new Logger(LostDevices.name);

  constructor(
    private readonly devices: DevicesService,
    private readonly presence: PresenceService,
    private readonly owners: CallOwners,
    private readonly peers: Peers,
    private readonly control: CallControl,
  ) {}

  onModuleInit(): void {
    this.peers.answer(lostQuestion, (lost) => this.lostHere(lost));
    this.devices.onLost((agentId) => {
      this.lost(agentId).catch((error: unknown) =>
        this.logger.error({ msg: 'a call could not be told of its lost softphone', agentId, err: error }),
      );
    });
  }

  private async lost(agentId: string): Promise<void> {
    const callId = await this.presence.heldByCall(agentId);
    if (callId === null) return;
    const place = await this.owners.placeOf(callId);
    if (place.at === 'here') await this.lostHere({ agentId, callId });
    if (place.at === 'elsewhere') await this.peers.ask(place.process, lostQuestion, { agentId, callId });
  }

  private async lostHere({ agentId, callId }: Lost): Promise<null> {
    await this.control.decide(callId, (call, _policy, now) => {
      const handling = lastHandlingOfAgent(call, agentId);
      if (!handling || !isOpen(handling)) return { facts: [] };
      return {
        facts: [
          ...ringMissed(call, handling, now, 'engine', 'device-lost'),
          ...agentGone(call, handling, now, 'device-lost'),
        ],
      };
    });
    return null;
  }
}
