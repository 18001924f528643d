import { Injectable, Logger, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { CallControl } from '../calls/call-control.service.js';
import { legsOf } from '../calls/domain/call-model.js';
import { LiveCalls } from '../calls/live-calls.js';
import { mosOf } from '../contracts/mos.js';
import type { SoundSample } from '../contracts/sound-quality.js';
import { Beat } from '../kernel/beat.js';
import { Clock } from '../kernel/clock.js';
import { Announcements } from '../platform/announcements/announcements.js';
import { added, figuresOf, noFigures } from './domain/leg-figures.js';
import { soundIsBad, soundTurned } from './domain/sound-facts.js';
import { type SoundLeg, soundsOn } from './domain/sound-legs.js';
import { beginWatch, type SoundWatch, type Turn, watched } from './domain/sound-watch.js';
import { type SoundPart, SoundRecords } from './sound-records.js';

interface Heard {
  leg: SoundLeg;
  watch: SoundWatch;
  /** What is not stored yet. */
  unsaved: SoundPart | null;
}

const storeEveryMs = 15_000;

/**
 * The sound of every leg that is heard now: samples come in from the desks and from the engine; their sums are stored
 * now and then and when the leg has gone, and a turn to the bad or the good becomes a fact of the call.
 */
@Injectable()
export class SoundLedger implements OnModuleInit, OnModuleDestroy {
  private readonly logger = new Logger(SoundLedger.name);
  private readonly heard = new Map<string, Heard>();
  private readonly beat: Beat;

  constructor(
    private readonly live: LiveCalls,
    private readonly control: CallControl,
    private readonly records: SoundRecords,
    private readonly announcements: Announcements,
    clock: Clock,
  ) {
    this.beat = new Beat(
      clock,
      storeEveryMs,
      () => this.storeAll(),
      (error) => this.logger.error({ msg: 'the sound of legs could not be stored', err: error }),
    );
  }

  onModuleInit(): void {
    this.announcements.on('call.advanced', ({ callId }) => this.letGo(callId));
    this.beat.start();
  }

  async onModuleDestroy(): Promise<void> {
    await this.beat.stop();
    await this.storeAll();
  }

  /** Takes what was measured of a leg of a running call until `until`. */
  async take(leg: SoundLeg, sample: SoundSample, until: number): Promise<void> {
    const call = this.live.get(leg.callId);
    // What was measured while the leg went is not worth a row that nobody closes.
    if (!call || !soundsOn(call.model, leg)) return;
    const heard = this.heard.get(leg.legId) ?? this.begin(leg, soundIsBad(call.timeline, leg));
    this.keep(heard, sample, until);
    const seen = { mos: mosOf(sample), from: until - sample.overMs, until };
    const { watch, turn } = watched(heard.watch, seen, call.policy.quality);
    const before = heard.watch;
    heard.watch = watch;
    // A turn that concerns nobody now is told as soon as somebody is there whom it concerns.
    if (turn && !(await this.tell(leg, turn, sample))) heard.watch = before;
  }

  /** Stores what was measured of a call so far, so that it can be read. */
  async storeCall(callId: string): Promise<void> {
    await this.store([...this.heard.values()].filter(({ leg }) => leg.callId === callId));
  }

  private begin(leg: SoundLeg, bad: boolean): Heard {
    const heard: Heard = { leg, watch: beginWatch(bad), unsaved: null };
    this.heard.set(leg.legId, heard);
    return heard;
  }

  private keep(heard: Heard, sample: SoundSample, until: number): void {
    const { unsaved, leg } = heard;
    heard.unsaved = {
      leg,
      codec: sample.codec,
      firstAt: unsaved?.firstAt ?? new Date(until - sample.overMs),
      figures: added(unsaved?.figures ?? noFigures, figuresOf(sample)),
    };
  }

  private async tell(leg: SoundLeg, turn: Turn, sample: SoundSample): Promise<boolean> {
    let told = false;
    await this.control.decide(leg.callId, (call, _policy, now) => {
      const decision = soundTurned(call, leg, { turn, sample, now });
      told = decision.facts.length > 0;
      return decision;
    });
    return told;
  }

  /** Legs that have gone are stored at once and forgotten. */
  private async letGo(callId: string): Promise<void> {
    const call = this.live.get(callId)?.model;
    if (!call) return;
    const gone = legsOf(call)
      .flatMap((legId) => this.heard.get(legId) ?? [])
      .filter((heard) => this.isOver(heard));
    await this.store(gone);
    for (const { leg } of gone) this.heard.delete(leg.legId);
  }

  private async storeAll(): Promise<void> {
    const all = [...this.heard.values()];
    await this.store(all);
    for (const heard of all) if (this.isOver(heard)) this.heard.delete(heard.leg.legId);
  }

  private isOver({ leg }: Heard): boolean {
    const call = this.live.get(leg.callId)?.model;
    return !call || call.closed || !soundsOn(call, leg);
  }

  private async store(some: readonly Heard[]): Promise<void> {
    const due = some.flatMap((heard) => {
      const { unsaved } = heard;
      heard.unsaved = null;
      return unsaved ? [{ heard, unsaved }] : [];
    });
    try {
      await this.records.add(due.map(({ unsaved }) => unsaved));
    } catch (error) {
      // Kept for the next time, with what came meanwhile.
      for (const { heard, unsaved } of due)
        heard.unsaved = heard.unsaved ? { ...heard.unsaved, ...together(unsaved, heard.unsaved) } : unsaved;
      throw error;
    }
  }
}

function together(earlier: SoundPart, later: SoundPart): Pick<SoundPart, 'firstAt' | 'figures'> {
  return { firstAt: earlier.firstAt, figures: added(earlier.figures, later.figures) };
}
