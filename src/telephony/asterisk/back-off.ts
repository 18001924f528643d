import type { Cancel, Clock } from '../../kernel/clock.js';

const firstWaitMs = 250;
const longestWaitMs = 5_000;

/** Tries again and again, less and less often, until `reset`. */
export class BackOff {
  private waitMs = firstWaitMs;
  private cancel: Cancel | undefined;

  constructor(private readonly clock: Clock) {}

  /** Runs `attempt` after the next wait. */
  schedule(attempt: () => void): void {
    this.cancel?.();
    // Spread by up to a fifth, so that several servers do not come back at the same moment.
    const wait = this.waitMs * (1 + Math.random() / 5);
    this.waitMs = Math.min(longestWaitMs, this.waitMs * 2);
    this.cancel = this.clock.at(this.clock.now() + wait, attempt);
  }

  /** It worked: the next wait is short again. */
  reset(): void {
    this.waitMs = firstWaitMs;
  }

  stop(): void {
    this.cancel?.();
    this.reset();
  }
}
