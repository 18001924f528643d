import { randomUUID } from 'node:crypto';
import { Injectable, Logger } from '@nestjs/common';
import { DevicesService } from '../agents/devices.service.js';
import { PresenceService } from '../agents/presence.service.js';
import type { PolicyDocument } from '../contracts/policy.js';
import { callHeader, legHeader } from '../contracts/softphone.js';
import { Dialling } from '../dialling/dialling.js';
import { Clock } from '../kernel/clock.js';
import { maskedNumber } from '../kernel/masking.js';
import { Router } from '../routing/router.service.js';
import { EngineUnavailable, TelephonyEngine } from '../telephony/port/engine.js';
import { CallLanes } from './call-lanes.js';
import { type CallModel, nodeOf } from './domain/call-model.js';
import type { Directive } from './domain/directive.js';
import { customerNumber } from './domain/outbound.js';
import { stillWanted } from './domain/standing.js';
import { LiveCalls } from './live-calls.js';

const againAfterMs = 1_000;
const againAtMostMs = 10_000;

/**
 * Carries out what follows from committed facts. Nothing here changes a call: what the engine made of it comes back as
 * its events. What fails is asked for again, in the call's lane, until it is done or not wanted any more; while the link to
 * the engine is down nothing is: then all is compared when it is back (`CallReconciliation`).
 */
@Injectable()
export class CallDirectives {
  private readonly logger = new Logger(CallDirectives.name);

  constructor(
    private readonly engine: TelephonyEngine,
    private readonly router: Router,
    private readonly presence: PresenceService,
    private readonly devices: DevicesService,
    private readonly dialling: Dialling,
    private readonly live: LiveCalls,
    private readonly lanes: CallLanes,
    private readonly clock: Clock,
  ) {}

  /** In the call's lane. */
  async carryOut(call: CallModel, policy: PolicyDocument, directive: Directive, tries = 1): Promise<void> {
    try {
      await this.act(call, policy, directive);
    } catch (error) {
      this.logger.error({ msg: `could not carry out ${directive.do}`, callId: call.id, err: error });
      if (!(error instanceof EngineUnavailable)) this.owe(call.id, directive, tries);
    }
  }

  private owe(callId: string, directive: Directive, tries: number): void {
    const waitMs = Math.min(tries * againAfterMs, againAtMostMs);
    this.clock.at(this.clock.now() + waitMs, () => {
      void this.lanes.run(callId, () => this.carryOutAgain(callId, directive, tries + 1));
    });
  }

  private async carryOutAgain(callId: string, directive: Directive, tries: number): Promise<void> {
    const live = this.live.get(callId);
    const wanted = live && stillWanted(live.model, directive);
    if (wanted) await this.carryOut(live.model, live.policy, wanted, tries);
  }

  private async act(call: CallModel, policy: PolicyDocument, directive: Directive): Promise<unknown> {
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
        return this.engine.sendDigits(directive.legId, directive.digits);
      case 'ring-number':
        return this.ringNumber(call, policy, directive);
      case 'ring-lead':
        return this.ringDevice(call, directive.leadId, directive.legId);
      case 'listen':
        return this.engine.listen(directive.legId, directive.targetLegId);
      case 'whisper':
        return this.engine.whisper(directive.legId, directive.targetLegId);
      case 'enter-queue':
        return this.router.enter(directive.queueId, call.id, directive.since, directive.front);
      case 'leave-queue':
        return this.router.leave(call.id);
      case 'ring':
        return this.ringDevice(call, directive.agentId, directive.legId);
      case 'presence':
        return this.tellPresence(call, directive);
    }
  }

  private async ringDevice(call: CallModel, personId: string, legId: string): Promise<void> {
    const device = await this.devices.deviceOf(personId);
    // Without a device nothing rings, and the deadline of the offer passes the call on.
    if (!device) return;
    const outbound = call.dial !== null && call.dial.answeredAt === null;
    await this.engine.ringDevice({
      legId,
      node: nodeOf(call),
      deviceId: device.deviceId,
      // The customer of an outbound call is rung after the agent.
      ...(outbound ? {} : { onBehalfOf: call.arrival.legId }),
      // The phone is in a browser: whatever its INVITE says, the page can read.
      fromNumber: maskedNumber(customerNumber(call)),
      fromName: '',
      headers: { [legHeader]: legId, [callHeader]: call.id },
    });
  }

  private async ringNumber(
    call: CallModel,
    policy: PolicyDocument,
    { legId, number, onBehalfOf, patience }: Extract<Directive, { do: 'ring-number' }>,
  ): Promise<void> {
    const caller = call.dial
      ? { callerNumber: call.dial.callerNumber, callerName: call.arrival.fromName }
      : await this.dialling.caller();
    const timeoutMs = patience === 'outbound' ? policy.outbound.ringMs : policy.transfer.patienceMs;
    await this.engine.ringNumber({ legId, number, onBehalfOf, ...caller, timeoutMs });
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
      case 'freed':
        return this.presence.freed(agentId, call.id, handlingId);
      case 'took-over':
        return this.presence.tookCall(agentId, call.id, handlingId);
      case 'helped':
        return this.presence.helped(agentId);
    }
  }
}
