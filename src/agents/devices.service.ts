import { Injectable, Logger, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import type { Presence } from '../contracts/presence.js';
import type { CommandPayload } from '../contracts/socket.js';
import type { SoftphoneAccount } from '../contracts/softphone.js';
import { type Actor, denyUnless } from '../kernel/actor.js';
import { Beat } from '../kernel/beat.js';
import { Clock } from '../kernel/clock.js';
import { type Refusal, refuse } from '../kernel/refusal.js';
import { Announcements } from '../platform/announcements/announcements.js';
import { Realtime } from '../platform/realtime/realtime.js';
import { DesksService, type Tab, tabLeaseMs } from './desks.service.js';
import { DeviceAccounts } from './device-accounts.js';
import { DeviceStore } from './device-store.js';
import type { Device } from './domain/device.js';
import * as step from './domain/device-steps.js';
import { PresenceService } from './presence.service.js';

const lookEveryMs = 500;
/**
 * The engine asks a softphone that has just registered whether it is there, and knows a moment later. An agent who was
 * talking when the page was loaded again waits for that with the customer.
 */
const knownSoonMs = [100, 150, 250];

/**
 * cut-off: its tab's socket closed, perhaps for a moment; device-lost: it stayed away, though its sound may still be there;
 * page-gone: its page was loaded again; signed-out: the agent left.
 */
export type DeviceLoss = 'cut-off' | 'device-lost' | 'page-gone' | 'signed-out';
type LostListener = (agentId: string, why: DeviceLoss) => void;
/** `legs`: what the softphone holds; null: it said nothing new. */
type ReadyListener = (agentId: string, legs: readonly string[] | null) => void;

/**
 * The agents' softphones: one leading tab each, with an account at the telephony engine that was made for it. A
 * softphone may be rung when its tab is connected, said that it is registered, and the engine agrees; missing any of
 * these for `step.patienceMs` it counts as lost.
 */
@Injectable()
export class DevicesService implements OnModuleInit, OnModuleDestroy {
  private readonly logger = new Logger(DevicesService.name);
  private readonly lostListeners = new Set<LostListener>();
  private readonly readyListeners = new Set<ReadyListener>();
  private readonly looking: Beat;
  private readonly patientUntil: number;
  private stopListening: (() => void)[] = [];

  constructor(
    private readonly store: DeviceStore,
    private readonly accounts: DeviceAccounts,
    private readonly presence: PresenceService,
    private readonly desks: DesksService,
    private readonly realtime: Realtime,
    private readonly announcements: Announcements,
    private readonly clock: Clock,
  ) {
    this.patientUntil = clock.now() + tabLeaseMs;
    this.looking = new Beat(clock, lookEveryMs, () => this.lookAtDue(), this.failed);
  }

  onModuleInit(): void {
    this.desks.onGone((tab) => this.tabGone(tab));
    this.desks.onAway((agentId) => this.remove(agentId));
    this.desks.onSignedOut((agentId, sessionId) => this.signedOut(agentId, sessionId));
    this.stopListening = [
      this.accounts.onConnected(() => void this.pushAll().catch(this.failed)),
      this.announcements.on('presence.changed', ({ presence }) => this.settle(presence)),
    ];
    this.looking.start();
  }

  async onModuleDestroy(): Promise<void> {
    for (const stop of this.stopListening) stop();
    await this.looking.stop();
  }

  /** Told when a softphone can be rung (again). */
  onReady(listener: ReadyListener): void {
    this.readyListeners.add(listener);
  }

  /** Told when a softphone is gone while a call may be on it. */
  onLost(listener: LostListener): void {
    this.lostListeners.add(listener);
  }

  /** The device to ring, when it may be rung. */
  async deviceOf(agentId: string): Promise<{ deviceId: string } | undefined> {
    const device = await this.store.get(agentId);
    return device?.ready ? { deviceId: device.deviceId } : undefined;
  }

  /** Makes this tab the agent's softphone. Another connected tab that leads is only replaced with `takeOver`. */
  async lead(
    actor: Actor,
    socketId: string,
    wish: CommandPayload<'lead-device'>,
  ): Promise<SoftphoneAccount | Refusal> {
    const denied = denyUnless(actor, 'presence.own');
    if (denied) return denied;
    const { personId: agentId, sessionId } = actor;
    const tab = { socketId, sessionId, clientId: wish.clientId };
    const fresh = { ...this.accounts.make(actor.agentNumber ?? actor.login), displayName: actor.name };
    const { before, after, changed } = await this.store.change(agentId, (device) => {
      if (device && step.ledByAnother(device, wish)) return undefined;
      const now = this.clock.now();
      return step.mayResume(device, wish)
        ? step.resume(device, tab, now)
        : step.lead({ ...fresh, ...tab }, now);
    });
    if (!changed || !after) return refuse('device.led-elsewhere');
    await this.presence.deviceReady(agentId, false);
    if (before?.deviceId !== after.deviceId) await this.replaced(agentId, before, after);
    return accountOf(after);
  }

  /** The leading tab says whether its softphone is registered. */
  async report(
    actor: Actor,
    socketId: string,
    { registered, legs }: CommandPayload<'report-device'>,
  ): Promise<Refusal | null> {
    const denied = denyUnless(actor, 'presence.own');
    if (denied) return denied;
    const { personId: agentId } = actor;
    const { after, changed } = await this.store.change(agentId, (device) =>
      device?.socketId === socketId ? step.reported(device, registered, legs, this.clock.now()) : undefined,
    );
    if (!changed || !after) return refuse('device.led-elsewhere');
    if (registered) await this.lookNow(agentId);
    else await this.presence.deviceReady(agentId, false);
    return null;
  }

  /** Looks at once and, while the engine does not know yet, soon again; after that the beat goes on looking. */
  private async lookNow(agentId: string, [nextMs, ...rest] = knownSoonMs): Promise<void> {
    await this.lookAt(agentId);
    if (nextMs === undefined || (await this.deviceOf(agentId))) return;
    this.clock.at(this.clock.now() + nextMs, () => void this.lookNow(agentId, rest).catch(this.failed));
  }

  private async replaced(agentId: string, before: Device | undefined, after: Device): Promise<void> {
    await this.accounts.push(after);
    if (!before) return;
    await this.accounts.revoke(before.deviceId);
    const otherTab = before.connected && before.socketId !== after.socketId;
    if (otherTab) this.realtime.toRoom(before.socketId, 'device.led-elsewhere', {});
    // The same tab without its account has been loaded again: nothing of its call is left.
    if (before.clientId === after.clientId) this.tellLost(agentId, 'page-gone');
  }

  private async tabGone({ agentId, socketId }: Tab): Promise<void> {
    const { after, changed } = await this.store.change(agentId, (device) =>
      device ? step.tabGone(device, socketId, this.clock.now()) : undefined,
    );
    if (!changed || !after) return;
    await this.presence.deviceReady(agentId, false);
    this.tellLost(agentId, 'cut-off');
  }

  private async signedOut(agentId: string, sessionId: string | undefined): Promise<void> {
    const device = await this.store.get(agentId);
    if (!device || (sessionId !== undefined && device.sessionId !== sessionId)) return;
    await this.remove(agentId);
    await this.presence.deviceLost(agentId);
    this.tellLost(agentId, 'signed-out');
  }

  private async remove(agentId: string): Promise<void> {
    const { before } = await this.store.change(agentId, (device) =>
      device ? { device: null, lookAt: null } : undefined,
    );
    if (before) await this.accounts.revoke(before.deviceId);
    await this.presence.deviceReady(agentId, false);
  }

  private async lookAtDue(): Promise<void> {
    for (const agentId of await this.store.claimDue(this.clock.now())) await this.lookAt(agentId);
  }

  /** Asks the engine about a device that says it is registered; gives up one that stayed away too long. */
  private async lookAt(agentId: string): Promise<void> {
    const seen = await this.store.get(agentId);
    if (!seen) return;
    const reachable = seen.connected && seen.claimed && (await this.accounts.reachable(seen.deviceId));
    const { before, after, changed } = await this.store.change(agentId, (device) =>
      device?.deviceId === seen.deviceId
        ? step.lookedAt(device, reachable, this.clock.now(), this.patientUntil)
        : undefined,
    );
    if (!changed || !after) return;
    await this.presence.deviceReady(agentId, after.ready);
    if (!after.ready && before?.lostAt !== null && after.lostAt === null) {
      await this.presence.deviceLost(agentId);
      this.tellLost(agentId, 'device-lost');
    }
    if (after.ready && !before?.ready) {
      for (const listener of this.readyListeners) listener(agentId, before?.legs ?? null);
    }
  }

  /** A call let go of an agent whose softphone was lost meanwhile: nothing that is still to come would say so. */
  private async settle({ agentId, state, deviceReady }: Presence): Promise<void> {
    if (state !== 'ready' || deviceReady) return;
    const device = await this.store.get(agentId);
    if (!device || (!device.ready && device.lostAt === null)) await this.presence.deviceLost(agentId);
  }

  /** An engine that was away may have forgotten the accounts, and the registrations with them. */
  private async pushAll(): Promise<void> {
    for (const { agentId, device } of await this.store.all()) {
      await this.accounts.push(device);
      if (!device.ready || (await this.accounts.reachable(device.deviceId))) continue;
      await this.store.change(agentId, (now) =>
        now?.deviceId === device.deviceId
          ? step.unreachable(now, this.clock.now(), step.engineRestartPatienceMs)
          : undefined,
      );
      await this.presence.deviceReady(agentId, false);
    }
  }

  private tellLost(agentId: string, why: DeviceLoss): void {
    for (const listener of this.lostListeners) listener(agentId, why);
  }

  private readonly failed = (error: unknown): void =>
    this.logger.warn({ msg: 'softphones could not be looked after', err: error });
}

function accountOf({ deviceId, secret }: Device): SoftphoneAccount {
  return { deviceId, uri: `sip:${deviceId}@sanling`, secret, socketPath: '/sip' };
}
