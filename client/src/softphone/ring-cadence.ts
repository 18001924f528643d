import type { CallTimers } from '@contracts/call';

export type RingTimer = NonNullable<CallTimers['ring']>;

/** Where a ringing call stands in its rings (clause 26.1). */
export interface RingPlace {
  /** The ring being heard, from 1; never more than `of`. */
  ring: number;
  of: number;
  leftMs: number;
  /** Each ring in order: where on the circle it begins (0–1), and what is left of it (1 to 0). */
  segments: { from: number; left: number }[];
}

/** Computes the place from the server's timer; `now` is the server's time. */
export function ringPlace(timer: RingTimer, now: number): RingPlace {
  const passed = Math.max(0, now - Date.parse(timer.startedAt));
  const segments = Array.from({ length: timer.rings }, (_, index) => ({
    from: index / timer.rings,
    left: Math.min(1, Math.max(0, 1 - (passed - index * timer.ringMs) / timer.ringMs)),
  }));
  return {
    ring: Math.min(timer.rings, Math.floor(passed / timer.ringMs) + 1),
    of: timer.rings,
    leftMs: Math.max(0, Date.parse(timer.endsAt) - now),
    segments,
  };
}

/** Bursts of tone still to come, as ms from `now`: 1 s on at the start of each ring. A burst under way is cut short. */
export function burstsFrom(
  timer: RingTimer,
  now: number,
  onMs: number,
): { fromMs: number; untilMs: number }[] {
  const start = Date.parse(timer.startedAt) - now;
  return Array.from({ length: timer.rings }, (_, index) => ({
    fromMs: Math.max(0, start + index * timer.ringMs),
    untilMs: start + index * timer.ringMs + onMs,
  })).filter((burst) => burst.untilMs > burst.fromMs);
}
