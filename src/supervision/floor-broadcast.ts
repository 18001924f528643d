import { Injectable, Logger, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import type { Floor } from '../contracts/floor.js';
import type { Actor } from '../kernel/actor.js';
import { type Cancel, Clock } from '../kernel/clock.js';
import { isRefusal, type Refusal } from '../kernel/refusal.js';
import { Announcements } from '../platform/announcements/announcements.js';
import type { Connection } from '../platform/realtime/connection.js';
import { Realtime } from '../platform/realtime/realtime.js';
import { AlarmsService } from './alarms.service.js';
import { FloorService } from './floor.service.js';
import { figuresFreshForMs } from './queue-figures.js';

const floorRoom = 'floor';
/** At most four boards a second. */
export const pauseMs = 250;
/** A quiet floor is told again after this, so that a watcher sees that it is still true. */
export const stillTrueMs = 10_000;

/** Sends the floor to those who watch it, as a whole, when something on it changed, and now and then when nothing did. */
@Injectable()
export class FloorBroadcast implements OnModuleInit, OnModuleDestroy {
  private readonly logger = new Logger(FloorBroadcast.name);
  private readonly stopListening: (() => void)[] = [];
  private planned: Cancel | undefined;
  private lookAgain: Cancel = () => {};
  private telling: Promise<void> = Promise.resolve();
  private told = '';
  private toldAt = 0;

  constructor(
    private readonly floor: FloorService,
    private readonly alarms: AlarmsService,
    private readonly realtime: Realtime,
    private readonly announcements: Announcements,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.stopListening.push(
      this.announcements.on('presence.changed', () => this.tellSoon()),
      this.announcements.on('call.advanced', () => this.tellSoon()),
    );
    this.alarms.onChanged(() => this.tellSoon());
  }

  async onModuleDestroy(): Promise<void> {
    for (const stop of this.stopListening) stop();
    this.planned?.();
    await this.telling;
    this.lookAgain();
  }

  /** From now on this tab is told of the floor; answers how it is now. */
  async watch(actor: Actor, connection: Connection): Promise<Floor | Refusal> {
    const floor = await this.floor.read(actor);
    if (isRefusal(floor)) return floor;
    await connection.join(floorRoom, 'floor.watch');
    this.toldAt ||= this.clock.now();
    this.lookAfter(stillTrueMs);
    // Read again: what changed between the two would be told to nobody.
    return this.floor.read(actor);
  }

  private tellSoon(): void {
    this.planned ??= this.clock.at(this.clock.now() + pauseMs, () => {
      this.planned = undefined;
      this.telling = this.telling.then(() => this.tell());
    });
  }

  private async tell(): Promise<void> {
    try {
      const floor = await this.floor.snapshot();
      const { at: _, ...shown } = floor;
      const content = JSON.stringify(shown);
      const changed = content !== this.told;
      const now = this.clock.now();
      const age = now - this.toldAt;
      if (!changed && age < stillTrueMs) return this.lookAfter(stillTrueMs - age);
      this.told = content;
      this.toldAt = now;
      this.realtime.toRoom(floorRoom, 'floor.changed', floor);
      // The day's figures may have been counted just before this change.
      this.lookAfter(changed ? figuresFreshForMs : stillTrueMs);
    } catch (error) {
      this.logger.warn({ msg: 'the floor could not be told; the next change tells it', err: error });
    }
  }

  private lookAfter(ms: number): void {
    this.lookAgain();
    this.lookAgain = this.clock.at(this.clock.now() + ms, () => this.tellSoon());
  }
}
