import { Injectable } from '@nestjs/common';
import { Clock } from '../kernel/clock.js';
import { Announcements } from '../platform/announcements/announcements.js';
import { LiveCalls } from './live-calls.js';

/** The engine brings them in within two seconds, on a machine that is busy within more; who is not there then has hung up. */
const patienceMs = 6_000;

/** Those who called while nobody was connected, and hear music until they are let in. */
@Injectable()
export class OutsideCallers {
  constructor(
    private readonly live: LiveCalls,
    private readonly announcements: Announcements,
    private readonly clock: Clock,
  ) {}

  /** Resolves when all of these legs have their call, and it waits, or when the others have gone. */
  areIn(legIds: readonly string[]): Promise<void> {
    const missing = () => legIds.filter((legId) => !this.waits(legId));
    if (missing().length === 0) return Promise.resolve();
    return new Promise((resolve) => {
      const look = () => {
        if (missing().length === 0) done();
      };
      const done = () => {
        cancel();
        stopListening();
        resolve();
      };
      const cancel = this.clock.at(this.clock.now() + patienceMs, done);
      const stopListening = this.announcements.on('call.advanced', look);
    });
  }

  private waits(legId: string): boolean {
    const call = this.live.get(this.live.byLeg(legId) ?? '')?.model;
    return call !== undefined && call.state !== 'arriving';
  }
}
