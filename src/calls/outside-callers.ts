import { Injectable } from '@nestjs/common';
import { Clock } from '../kernel/clock.js';
import { Announcements } from '../platform/announcements/announcements.js';
import { CallControl } from './call-control.service.js';
import { LiveCalls } from './live-calls.js';

/** The engine brings them in within two seconds, on a machine that is busy within more; who is not there then has hung up. */
const patienceMs = 6_000;

/** Those who called while nobody was connected, and hear music until they are let in. */
@Injectable()
export class OutsideCallers {
  constructor(
    private readonly live: LiveCalls,
    private readonly control: CallControl,
    private readonly announcements: Announcements,
    private readonly clock: Clock,
  ) {}

  /** Resolves when all of these legs have their call, and it stands in its queue, or when the others have gone. */
  async areIn(legIds: readonly string[]): Promise<void> {
    await this.areTakenUp(legIds);
    // On record is not in the queue yet: that follows, and whoever called later may have been quicker.
    const callIds = legIds.flatMap((legId) => this.live.byLeg(legId) ?? []);
    await Promise.all(callIds.map((callId) => this.control.hasFollowed(callId)));
  }

  private areTakenUp(legIds: readonly string[]): Promise<void> {
    const missing = () => legIds.filter((legId) => !this.isTakenUp(legId));
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

  private isTakenUp(legId: string): boolean {
    const call = this.live.get(this.live.byLeg(legId) ?? '')?.model;
    return call !== undefined && call.state !== 'arriving';
  }
}
