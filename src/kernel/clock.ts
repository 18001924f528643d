/** Cancels what `Clock.at` set up; harmless when it has already run. */
export type Cancel = () => void;

/** Time is injected everywhere, so that a call's story can be told in a test without waiting for it. */
export abstract class Clock {
  /** Milliseconds since the epoch. */
  abstract now(): number;
  /** Runs `action` once at `time` (ms since the epoch), at once when that has passed. */
  abstract at(time: number, action: () => void): Cancel;
}

/** The real time. Timers do not keep the process alive. */
export class SystemClock extends Clock {
  now(): number {
    return Date.now();
  }

  at(time: number, action: () => void): Cancel {
    const timer = setTimeout(action, Math.max(0, time - Date.now()));
    timer.unref();
    return () => clearTimeout(timer);
  }
}

interface Pending {
  time: number;
  order: number;
  action: () => void;
}

/** A clock that tests move by hand. */
export class ManualClock extends Clock {
  private pending: Pending[] = [];
  private order = 0;

  constructor(private time = Date.parse('2026-03-02T09:00:00+08:00')) {
    super();
  }

  now(): number {
    return this.time;
  }

  at(time: number, action: () => void): Cancel {
    const entry = { time, order: this.order++, action };
    this.pending.push(entry);
    return () => {
      this.pending = this.pending.filter((other) => other !== entry);
    };
  }

  /** Moves on by `ms`, running what falls due in order, each at its own time. */
  advance(ms: number): void {
    const end = this.time + ms;
    for (let next = this.nextDue(end); next; next = this.nextDue(end)) {
      this.pending = this.pending.filter((other) => other !== next);
      this.time = Math.max(this.time, next.time);
      next.action();
    }
    this.time = end;
  }

  private nextDue(end: number): Pending | undefined {
    return this.pending
      .filter((entry) => entry.time <= end)
      .sort((a, b) => a.time - b.time || a.order - b.order)[0];
  }
}
