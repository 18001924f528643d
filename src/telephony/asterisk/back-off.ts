import type { Cancel, Clock } from '../../kernel/clock.js';

/** The wait before the second attempt, and how long waits may become. */
export interface Waits {
  firstMs: number;
  longestMs: number;
}

/** For a link that broke: the other side is probably back at once. */
const afterLoss: Waits = { firstMs: 250, longestMs: 5_000 };

/** Tries again and again, less and less often, until `reset`. */
export class BackOff {
  private waitMs: number;
  private cancel: Cancel | undefined;

  constructor(
    private readonly clock: Clock,
    private readonly waits: Waits = afterLoss,
  ) {
    this.waitMs = waits.firstMs;
  }

  /** Runs `attempt` after the next wait. */
  schedule(attempt: () => void): void {
    this.cancel?.();
    // Spread by up to a fifth, so that several servers do not come back at the same moment.
    const wait = this.waitMs * (1 + Math.random() / 5);
    this.waitMs = Math.min(this.waits.longestMs, this.waitMs * 2);
    this.cancel = this.clock.at(this.clock.now() + wait, attempt);
  }

  /** It worked: the next wait is short again. */
  reset(): void {
    this.waitMs = this.waits.firstMs;
  }

  stop(): void {
    this.cancel?.();
    this.reset();
  }
}
