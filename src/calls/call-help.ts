import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DevicesService } from '../agents/devices.service.js';
import { PresenceService } from '../agents/presence.service.js';
import type { CommandPayload } from '../contracts/socket.js';
import type { TimelineEvent } from '../contracts/timeline.js';
import { Audit } from '../identity/audit.js';
import { type Actor, denyUnless, may } from '../kernel/actor.js';
import { type Refusal, refuse } from '../kernel/refusal.js';
import { Announcements } from '../platform/announcements/announcements.js';
import { CommandRegistry } from '../platform/realtime/command-registry.js';
import { Realtime } from '../platform/realtime/realtime.js';
import { CallControl } from './call-control.service.js';
import { endHelp, helpCall, takeOverCall } from './domain/help-commands.js';
import { HelpViews } from './help-views.js';
import { LiveCalls } from './live-calls.js';

/** A lead's help in a live call: listen, whisper, join, take over. Every use is on the call's record and in the audit log. */
@Injectable()
export class CallHelp implements OnModuleInit {
  constructor(
    private readonly registry: CommandRegistry,
    private readonly control: CallControl,
    private readonly live: LiveCalls,
    private readonly presence: PresenceService,
    private readonly devices: DevicesService,
    private readonly audit: Audit,
    private readonly announcements: Announcements,
    private readonly realtime: Realtime,
    private readonly views: HelpViews,
  ) {}

  onModuleInit(): void {
    this.registry.handle('help-call', (actor, wish) => this.help(actor, wish));
    this.registry.handle('end-help', (actor, { callId }) => this.end(actor, callId));
    this.registry.handle('take-over-call', (actor, { callId }) => this.takeOver(actor, callId));
    this.announcements.on('call.advanced', ({ facts }) => this.tellLeads(facts));
    this.announcements.on('rights.changed', async ({ personId, standing }) => {
      if (!standing || !may(standing, 'call.help')) await this.endWithout(personId);
    });
  }

  private async help(actor: Actor, { callId, mode }: CommandPayload<'help-call'>): Promise<Refusal | null> {
    const denied = denyUnless(actor, 'call.help');
    if (denied) return denied;
    const other = await this.views.viewAnywhere(actor.personId);
    if (other && other.callId !== callId) return refuse('help.busy');
    if (!other && (await this.presence.heldByCall(actor.personId))) return refuse('help.busy');
    if (!(await this.devices.deviceOf(actor.personId))) return refuse('help.no-device');
    const lead = { id: actor.personId, name: actor.name, number: actor.agentNumber ?? actor.login };
    const refusal = await this.control.decide(callId, (call, _policy, now) =>
      helpCall(call, lead, mode, now),
    );
    if (refusal) return refusal;
    await this.presence.helps(actor.personId);
    await this.audit.write(actor, 'help.began', `call:${callId}`, { mode });
    return null;
  }

  private async end(actor: Actor, callId: string): Promise<Refusal | null> {
    const denied = denyUnless(actor, 'call.help');
    if (denied) return denied;
    return this.control.decide(callId, (call, _policy, now) => endHelp(call, actor.personId, now));
  }

  /** Who may help no more listens no more. */
  private async endWithout(leadId: string): Promise<void> {
    const help = this.views.viewOf(leadId);
    if (help) await this.control.decide(help.callId, (call, _policy, now) => endHelp(call, leadId, now));
  }

  private async takeOver(actor: Actor, callId: string): Promise<Refusal | null> {
    const denied = denyUnless(actor, 'call.help');
    if (denied) return denied;
    const refusal = await this.control.decide(callId, (call, _policy, now) =>
      takeOverCall(call, actor.personId, now),
    );
    if (!refusal) await this.audit.write(actor, 'help.took-over', `call:${callId}`);
    return refusal;
  }

  private tellLeads(facts: readonly TimelineEvent[]): void {
    const [first] = facts;
    const leads = new Set<string>();
    for (const { data } of facts) if ('leadId' in data) leads.add(data.leadId);
    for (const { leadId } of (first && this.live.get(first.callId)?.model.helps) ?? []) leads.add(leadId);
    for (const leadId of leads) this.realtime.toPerson(leadId, 'help.changed', this.views.viewOf(leadId));
  }
}
