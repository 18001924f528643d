import { type Cancel, Clock } from './clock.js';

/**
 * Repeats a piece of work, never twice at once: a beat that falls into a running one is made up for right after it.
 * Failures go to `onError` and do not stop the beat.
 */
export class Beat {
  private cancel: Cancel = () => {};
  private running: Promise<void> | undefined;
  private again = false;
  private stopped = true;

  constructor(
    private readonly clock: Clock,
    private readonly everyMs: number,
    private readonly work: () => Promise<void>,
    private readonly onError: (error: unknown) => void,
  ) {}

  /** The first beat comes after one interval. */
  start(): void {
    this.stopped = false;
    this.plan();
  }

  /** No more beats; resolves when a running one is through. */
  async stop(): Promise<void> {
    this.stopped = true;
    this.cancel();
    await this.running;
  }

  /** Beats now, beside the rhythm. Resolves when work that began after this call is through. */
  async now(): Promise<void> {
    if (this.running) {
      this.again = true;
    } else {
      this.running = this.run();
    }
    await this.running;
  }

  private plan(): void {
    this.cancel = this.clock.at(this.clock.now() + this.everyMs, () => {
      if (this.stopped) return;
      this.plan();
      void this.now();
    });
  }

  private async run(): Promise<void> {
    do {
      this.again = false;
      await this.work().catch(this.onError);
    } while (this.again && !this.stopped);
    this.running = undefined;
  }
}
