import { formatDuration } from './format-duration';
import { useNow } from './use-now';

interface DurationProps {
  /** Counts up from this ISO time … */
  since?: string;
  /** … to this one, or to now. Alone: counts down towards it. */
  until?: string | null;
  /** A finished length instead. */
  ms?: number;
}

/** A duration in tabular figures, running on the server's clock. */
export function Duration({ since, until, ms }: DurationProps) {
  const running = ms === undefined && !(since && until);
  const shown = useNow((now) => formatDuration(ms ?? lengthOf(now, since, until)), running);
  return <span className="tabular">{shown}</span>;
}

function lengthOf(now: number, since?: string, until?: string | null): number {
  if (since) return (until ? Date.parse(until) : now) - Date.parse(since);
  // Counting down: the last second shows 1, not 0.
  return until ? Date.parse(until) - now + 999 : 0;
}
