import type { CallTimers } from '@contracts/call';

export type HoldTimer = NonNullable<CallTimers['hold']>;

/** How far a hold has come (clauses 24.14, 26.4): towards the promise first, then towards the ceiling. */
export interface HoldProgress {
  heldMs: number;
  /** within the promise, past it, past what any customer may wait. */
  stage: 'within' | 'over-limit' | 'over-ceiling';
  /** Share of the bar that is filled; the whole bar is the ceiling. */
  share: number;
  /** Where on the bar the promise ends. */
  limitShare: number;
  /** Until the next line is crossed; 0 past the ceiling. */
  leftMs: number;
}

export function holdProgress(timer: HoldTimer, now: number): HoldProgress {
  const start = Date.parse(timer.startedAt);
  const limit = Date.parse(timer.limitAt);
  const ceiling = Math.max(Date.parse(timer.ceilingAt), limit);
  const whole = Math.max(1, ceiling - start);
  const next = now < limit ? limit : ceiling;
  return {
    heldMs: Math.max(0, now - start),
    stage: now < limit ? 'within' : now < ceiling ? 'over-limit' : 'over-ceiling',
    share: Math.min(1, Math.max(0, (now - start) / whole)),
    limitShare: Math.min(1, Math.max(0, (limit - start) / whole)),
    leftMs: Math.max(0, next - now),
  };
}
