import { Injectable, type OnModuleInit } from '@nestjs/common';
import { LiveCalls } from '../calls/live-calls.js';
import type { CommandPayload } from '../contracts/socket.js';
import { type Actor, denyUnless } from '../kernel/actor.js';
import { Clock } from '../kernel/clock.js';
import { isRefusal, type Refusal, refuse } from '../kernel/refusal.js';
import { CommandRegistry } from '../platform/realtime/command-registry.js';
import { reportedLeg } from './domain/sound-legs.js';
import { SoundLedger } from './sound-ledger.js';

/** Softphones report every five seconds; a page that was asleep may catch up a little. */
const soonestMs = 2_000;
const forgottenAfterMs = 60_000;

/** Takes what the agents' softphones measured of their own legs. */
@Injectable()
export class SoundReports implements OnModuleInit {
  /** When each leg was reported last. */
  private readonly reported = new Map<string, number>();

  constructor(
    private readonly registry: CommandRegistry,
    private readonly live: LiveCalls,
    private readonly ledger: SoundLedger,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.registry.handle('report-sound', (actor, payload) => this.report(actor, payload));
  }

  private async report(
    actor: Actor,
    { callId, legId, sample }: CommandPayload<'report-sound'>,
  ): Promise<Refusal | null> {
    const denied = denyUnless(actor, 'call.handle');
    if (denied) return denied;
    const call = this.live.get(callId)?.model;
    if (!call) return refuse('call.not-found', { callId });
    const reported = reportedLeg(call, actor.personId, legId);
    if (isRefusal(reported)) return reported;
    const now = this.clock.now();
    const last = this.reported.get(legId);
    if (last !== undefined && now - last < soonestMs) return refuse('request.too-many');
    this.forget(now);
    this.reported.set(legId, now);
    // No report speaks for time before the talk, or for time that an earlier one spoke for.
    const overMs = Math.max(1, Math.min(sample.overMs, now - (last ?? reported.since)));
    await this.ledger.take(reported.leg, { ...sample, overMs }, now);
    return null;
  }

  private forget(now: number): void {
    for (const [legId, at] of this.reported) {
      // In the order of their reports: the rest came later.
      if (now - at < forgottenAfterMs) return;
      this.reported.delete(legId);
    }
  }
}
