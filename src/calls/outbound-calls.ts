import { randomUUID } from 'node:crypto';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DevicesService } from '../agents/devices.service.js';
import { PresenceService } from '../agents/presence.service.js';
import type { CommandPayload } from '../contracts/socket.js';
import { Dialling } from '../dialling/dialling.js';
import { Audit } from '../identity/audit.js';
import { type Actor, denyUnless } from '../kernel/actor.js';
import { Clock } from '../kernel/clock.js';
import { maskedNumber } from '../kernel/masking.js';
import { isRefusal, type Refusal, refuse } from '../kernel/refusal.js';
import { CommandRegistry } from '../platform/realtime/command-registry.js';
import { QueuesService } from '../routing/queues.service.js';
import { Policies } from '../standard/policies.js';
import { CallControl } from './call-control.service.js';
import { DialledNumbers } from './dialled-numbers.js';
import { customerLegOf, dialledOut } from './domain/outbound.js';
import { HelpViews } from './help-views.js';
import { LiveCalls } from './live-calls.js';
import { NodeOwnership } from './node-ownership.js';

/** Outbound calls: prepared (clause 25), allowed by the dialling rules, then the agent's phone and the number. */
@Injectable()
export class OutboundCalls implements OnModuleInit {
  constructor(
    private readonly registry: CommandRegistry,
    private readonly control: CallControl,
    private readonly live: LiveCalls,
    private readonly presence: PresenceService,
    private readonly devices: DevicesService,
    private readonly dialling: Dialling,
    private readonly numbers: DialledNumbers,
    private readonly queues: QueuesService,
    private readonly policies: Policies,
    private readonly audit: Audit,
    private readonly ownership: NodeOwnership,
    private readonly help: HelpViews,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.registry.handle('dial-number', (actor, wish) => this.dial(actor, wish));
  }

  /** Answers the new call's id once the agent's own phone is being rung. */
  private async dial(
    actor: Actor,
    { purpose, points, ...whom }: CommandPayload<'dial-number'>,
  ): Promise<{ callId: string } | Refusal> {
    const denied = denyUnless(actor, 'call.dial');
    if (denied) return denied;
    const policy = await this.policies.current();
    if (!policy.document.outbound.purposes.some(({ code }) => code === purpose)) {
      return refuse('dial.purpose-unknown', { purpose });
    }
    if ((await this.help.viewAnywhere(actor.personId)) || (await this.presence.heldByCall(actor.personId))) {
      return refuse('dial.busy');
    }
    if (!(await this.devices.deviceOf(actor.personId))) return refuse('presence.no-device');
    const [node] = this.ownership.owned();
    if (node === undefined) return refuse('engine.unavailable');
    const dialled = await this.numbers.resolve(actor, whom);
    if (isRefusal(dialled)) return dialled;
    // Clause 25. Who calls for help writes nothing first.
    if (dialled.destination !== 'emergency' && points.trim() === '') return refuse('dial.points-missing');
    const returnQueue = await this.returnQueueOf(actor.personId);
    const caller = await this.dialling.caller();
    const callId = randomUUID();
    const handlingId = randomUUID();
    if (!(await this.presence.tookCall(actor.personId, callId, handlingId))) return refuse('dial.busy');
    await this.audit.write(actor, 'dialling.dialled', `call:${callId}`, {
      number: maskedNumber(dialled.number),
      purpose,
      ...(whom.customerOf && { customerOf: whom.customerOf }),
    });
    this.live.expect(customerLegOf(callId), callId);
    const wish = {
      callId,
      handlingId,
      agent: { id: actor.personId, number: actor.agentNumber ?? actor.login },
      number: dialled.number,
      destination: dialled.destination,
      ...caller,
      purpose,
      points,
      policyVersion: policy.version,
      node,
      returnQueue,
    };
    try {
      await this.control.begin(callId, node, async () => dialledOut(wish, this.clock.now()));
    } catch (error) {
      await this.presence.freed(actor.personId, callId, handlingId);
      throw error;
    }
    return { callId };
  }

  /** The agent's first queue; a lead who serves none has the house's first. */
  private async returnQueueOf(agentId: string): Promise<{ id: string; name: string }> {
    const [queues, members] = await Promise.all([this.queues.all(), this.queues.members()]);
    const own = queues.find(({ id }) => members.get(id)?.includes(agentId)) ?? queues[0];
    if (!own) throw new Error('the house has no queue');
    return { id: own.id, name: own.name };
  }
}
