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

  /**
   * A database that is away or silent keeps the lane, not the person who pressed a key: throws `StoreAway` soon. `work` asks
   * `inTime` before it decides and again before it commits: what was given up is not done when its turn comes.
   */
  async hurry<T>(callId: string, work: (attempt: Attempt) => Promise<T>): Promise<T> {
    if (this.stalled.has(callId)) throw new StoreAway('PostgreSQL', 'the call waits for it', true);
    const attempt = new Attempt();
    let cancel: Cancel = () => undefined;
    const late = new Promise<never>((_, reject) => {
      cancel = this.clock.at(this.clock.now() + commandPatienceMs, () => reject(attempt.giveUp()));
    });
    try {
      return await Promise.race([work(attempt), late]);
    } catch (error) {
      throw isDatabaseAway(error) && !(error instanceof StoreAway)
        ? new StoreAway('PostgreSQL', error)
        : error;
    } finally {
      cancel();
    }
  }
}

/** What somebody wants, as long as they wait for it. */
export class Attempt {
  private late: StoreAway | undefined;
  private committing = false;

  /** Throws when the person was told that it comes to nothing. */
  inTime(): void {
    if (this.late) throw this.late;
  }

  /** From here on it may be done, whatever the person is told. */
  commits(): void {
    this.inTime();
    this.committing = true;
  }

  giveUp(): StoreAway {
    this.late = new StoreAway('PostgreSQL', 'no answer yet', !this.committing);
    return this.late;
  }
}
