import { Injectable, Logger, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { LiveCalls } from '../calls/live-calls.js';
import { Beat } from '../kernel/beat.js';
import { Clock } from '../kernel/clock.js';
import { EngineUnavailable, TelephonyEngine } from '../telephony/port/engine.js';
import { type Reading, sampleBetween } from './domain/interval.js';
import { measuredLegs, type SoundLeg } from './domain/sound-legs.js';
import { SoundLedger } from './sound-ledger.js';

const lookEveryMs = 5_000;
/** Hundreds of legs are asked for in small groups: the engine has calls to carry. */
const atOnce = 8;

/** After so long without a sample nothing more comes of the earlier reading. */
const anewAfterMs = 15_000;

interface Measured {
  codec: string;
  last: Reading;
}

/** Measures at the engine what no softphone reports: the customer's leg and every other leg to the outside. */
@Injectable()
export class SoundPoll implements OnModuleInit, OnModuleDestroy {
  private readonly logger = new Logger(SoundPoll.name);
  private readonly beat: Beat;
  private measured = new Map<string, Measured>();

  constructor(
    private readonly engine: TelephonyEngine,
    private readonly live: LiveCalls,
    private readonly ledger: SoundLedger,
    private readonly clock: Clock,
  ) {
    this.beat = new Beat(
      clock,
      lookEveryMs,
      () => this.look(),
      (error) => this.logger.error({ msg: 'the sound of legs could not be measured', err: error }),
    );
  }

  onModuleInit(): void {
    this.beat.start();
  }

  onModuleDestroy(): Promise<void> {
    return this.beat.stop();
  }

  private async look(): Promise<void> {
    const legs = this.live.all().flatMap((call) => measuredLegs(call));
    const before = this.measured;
    // Legs that are not in talk now begin anew when they are.
    this.measured = new Map();
    try {
      for (let first = 0; first < legs.length; first += atOnce)
        await Promise.all(
          legs.slice(first, first + atOnce).map((leg) => this.measure(leg, before.get(leg.legId))),
        );
    } catch (error) {
      // Health tells that the engine is away; there is nothing to measure meanwhile.
      if (!(error instanceof EngineUnavailable)) throw error;
    }
  }

  private async measure(leg: SoundLeg, known: Measured | undefined): Promise<void> {
    const statistics = await this.engine.legStatistics(leg.legId);
    if (!statistics) return;
    const now = { at: this.clock.now(), statistics };
    const codec = known?.codec || (await this.engine.legCodec(leg.legId)) || '';
    const sample = known ? sampleBetween(known.last, now, codec) : null;
    const anew = sample !== null || !known || now.at - known.last.at > anewAfterMs;
    this.measured.set(leg.legId, { codec, last: anew ? now : known.last });
    if (sample) await this.ledger.take(leg, sample, now.at);
  }
}
