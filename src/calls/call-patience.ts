import { Injectable } from '@nestjs/common';
import { type Cancel, Clock } from '../kernel/clock.js';
import { StoreAway } from '../kernel/store-away.js';
import { isDatabaseAway } from '../platform/database/database-away.js';
import { DatabaseWatch } from '../platform/database/database-watch.js';

/** A command that was not carried out by then is answered "try again"; the client itself gives up after ten seconds. */
const commandPatienceMs = 4_000;

/** What waits for a database that is away, and who is told to try again. */
@Injectable()
export class CallPatience {
  /** Calls whose lane waits for the database. */
  private readonly stalled = new Set<string>();

  constructor(
    private readonly database: DatabaseWatch,
    private readonly clock: Clock,
  ) {}

  /** How many calls wait for the database. */
  get waiting(): number {
    return this.stalled.size;
  }

  /**
   * Does the work again and again until the database takes it. The call's lane stands still meanwhile, so that what the
   * call tells later comes later in its timeline. `onStall`: it has to wait. `work` is told when it was tried before: the
   * attempt may have taken effect and its answer been lost.
   */
  async keep<T>(
    callId: string,
    work: (again: boolean) => Promise<T>,
    onStall: () => Promise<void> = async () => undefined,
  ): Promise<T> {
    for (;;) {
      try {
        const result = await work(this.stalled.has(callId));
        this.stalled.delete(callId);
        return result;
      } catch (error) {
        if (!isDatabaseAway(error)) {
          this.stalled.delete(callId);
          throw error;
        }
      }
      if (!this.stalled.has(callId)) await onStall();
      this.stalled.add(callId);
      await this.database.back();
    }
  }

  /** A database that is away or silent keeps the lane, not the person who pressed a key: throws `StoreAway` soon. */
  async hurry<T>(callId: string, work: () => Promise<T>): Promise<T> {
    if (this.stalled.has(callId)) throw new StoreAway('PostgreSQL', 'the call waits for it');
    let cancel: Cancel = () => undefined;
    const late = new Promise<never>((_, reject) => {
      cancel = this.clock.at(this.clock.now() + commandPatienceMs, () =>
        reject(new StoreAway('PostgreSQL', 'no answer yet')),
      );
    });
    try {
      return await Promise.race([work(), late]);
    } finally {
      cancel();
    }
  }
}
