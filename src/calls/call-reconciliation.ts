import { Injectable, Logger } from '@nestjs/common';
import { PresenceService } from '../agents/presence.service.js';
import { TelephonyEngine } from '../telephony/port/engine.js';
import type { EngineEvent, ExistingLeg } from '../telephony/port/engine-event.js';
import { CallControl } from './call-control.service.js';
import { CallRecords } from './call-records.js';
import { activeHandling, type CallModel } from './domain/call-model.js';
import { iso, type Told, tell } from './domain/decision.js';
import { agentGone, customerGone, ringMissed } from './domain/endings.js';
import { LiveCalls } from './live-calls.js';

type Connected = Extract<EngineEvent, { kind: 'engine.connected' }>;

/** Makes the calls agree with what the engine really has, after a start or a lost link. */
@Injectable()
export class CallReconciliation {
  private readonly logger = new Logger(CallReconciliation.name);

  constructor(
    private readonly engine: TelephonyEngine,
    private readonly control: CallControl,
    private readonly records: CallRecords,
    private readonly live: LiveCalls,
    private readonly presence: PresenceService,
  ) {}

  /** Takes up every call that an earlier process left unsettled. */
  async adoptAll(): Promise<void> {
    for (const timeline of await this.records.unsettled()) await this.control.adopt(timeline);
  }

  async reconcile({ at, legs }: Connected): Promise<void> {
    const existing = new Map(legs.map((leg) => [leg.legId, leg]));
    for (const call of this.live.all()) {
      await this.control.decide(call.id, (model) => ({ facts: truth(model, existing, at) }));
      this.control.rearm(call.id);
    }
    for (const { legId } of legs) {
      if (this.live.byLeg(legId)) continue;
      this.logger.warn({ msg: 'a leg without a call is ended', legId });
      await this.engine.endLeg(legId);
    }
    await this.presence.freeUnless(
      ({ agentId, callId }) => this.live.ofAgent(agentId)?.live.model.id === callId,
    );
  }
}

/** The facts that bring a call in line with the legs that exist; a stretch that nobody watched is a gap. */
function truth(call: CallModel, existing: ReadonlyMap<string, ExistingLeg>, at: number): Told[] {
  if (call.closed) return [];
  const customer = existing.get(call.arrival.legId);
  const gap = tell(at, 'system', 'engine.gap', { from: iso(call.lastFactAt), until: iso(at) });
  if (!customer) return [gap, ...customerGone(call, at, 'engine', 'gone while not connected')];
  const handling = activeHandling(call);
  if (handling && !existing.has(handling.legId)) {
    return [gap, ...ringMissed(handling, at, 'engine', 'failed'), ...agentGone(call, handling, at, 'engine')];
  }
  return [gap];
}
