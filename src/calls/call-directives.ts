import { randomUUID } from 'node:crypto';
import { Injectable, Logger } from '@nestjs/common';
import { DevicesService } from '../agents/devices.service.js';
import { PresenceService } from '../agents/presence.service.js';
import { callHeader, legHeader } from '../contracts/softphone.js';
import { Router } from '../routing/router.service.js';
import { TelephonyEngine } from '../telephony/port/engine.js';
import type { CallModel } from './domain/call-model.js';
import type { Directive } from './domain/follow-up.js';

/**
 * Carries out what follows from committed facts. Nothing here changes a call: what the engine made of it comes back as
 * its events. A failure is logged with the call and leaves the fact standing; deadlines and the engine's own events
 * lead the call on.
 */
@Injectable()
export class CallDirectives {
  private readonly logger = new Logger(CallDirectives.name);

  constructor(
    private readonly engine: TelephonyEngine,
    private readonly router: Router,
    private readonly presence: PresenceService,
    private readonly devices: DevicesService,
  ) {}

  async carryOut(call: CallModel, directive: Directive): Promise<void> {
    try {
      await this.act(call, directive);
    } catch (error) {
      this.logger.error({ msg: `could not carry out ${directive.do}`, callId: call.id, err: error });
    }
  }

  private async act(call: CallModel, directive: Directive): Promise<unknown> {
    const customer = call.arrival.legId;
    switch (directive.do) {
      case 'open-line':
        return this.engine.openLine(directive.legId);
      case 'turn-away':
        return this.engine.turnAway(directive.legId, directive.why);
      case 'start-recording':
        return this.engine.startRecording(directive.legId, randomUUID());
      case 'wait':
        return this.engine.wait(directive.legId);
      case 'end-leg':
        return this.engine.endLeg(directive.legId);
      case 'connect':
        return this.engine.connect(directive.roomId, directive.legIds);
      case 'close-room':
        return this.engine.closeRoom(directive.roomId);
      case 'play-prompt':
        return this.engine.playPrompt(customer, directive.promptId, directive.sound);
      case 'stop-prompt':
        return this.engine.stopPrompt(directive.promptId);
      case 'send-digits':
        return this.engine.sendDigits(customer, directive.digits);
      case 'enter-queue':
        return this.router.enter(directive.queueId, call.id, directive.since, directive.front);
      case 'leave-queue':
        return this.router.leave(call.id);
      case 'ring':
        return this.ring(call, directive);
      case 'presence':
        return this.tellPresence(call, directive);
    }
  }

  private async ring(call: CallModel, { agentId, legId }: Extract<Directive, { do: 'ring' }>): Promise<void> {
    const device = await this.devices.deviceOf(agentId);
    // Without a device nothing rings, and the offer's deadline passes the call on.
    if (!device) return;
    await this.engine.ringDevice({
      legId,
      deviceId: device.deviceId,
      onBehalfOf: call.arrival.legId,
      fromNumber: call.arrival.fromNumber,
      fromName: call.arrival.fromName,
      headers: { [legHeader]: legId, [callHeader]: call.id },
    });
  }

  private async tellPresence(
    call: CallModel,
    { change, agentId, handlingId }: Extract<Directive, { do: 'presence' }>,
  ): Promise<unknown> {
    switch (change) {
      case 'answered':
        return this.presence.answered(agentId, call.id, handlingId);
      case 'missed':
        return this.presence.missed(agentId, call.id, 'missed-call');
      case 'device-lost':
        return this.presence.missed(agentId, call.id, 'device-lost');
      case 'released':
        return this.presence.released(agentId, call.id);
      case 'wrap-up':
        return this.presence.wrapUp(agentId, call.id, handlingId);
      case 'wrap-up-done':
        return this.presence.wrapUpDone(agentId, call.id);
    }
  }
}
