import { useSyncExternalStore } from 'react';
import { serverNow } from '../realtime/server-clock';

const turnEveryMs = 200;
const listeners = new Set<() => void>();
let timer: number | undefined;
let turnedAt = 0;

// One interval for every timer on the page, so that they all turn together.
function listen(listener: () => void): () => void {
  listeners.add(listener);
  timer ??= window.setInterval(() => {
    for (const each of listeners) each();
  }, turnEveryMs);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    window.clearInterval(timer);
    timer = undefined;
  };
}

const never = () => () => {};

/** The same for everything that is shown within one turn. */
function turn(): number {
  const now = serverNow();
  if (Math.abs(now - turnedAt) >= turnEveryMs / 2) turnedAt = now;
  return turnedAt;
}

/**
 * What `read` makes of the server's time (ms), looked at five times a second. The component renders only when the value
 * has changed, so read what is shown (a number of seconds, a word), not the time itself. Frozen while `running` is false.
 */
export function useNow<T extends string | number | boolean | null>(
  read: (now: number) => T,
  running = true,
): T {
  return useSyncExternalStore(running ? listen : never, () => read(turn()));
}

/** The whole seconds left until the ISO time, never negative. */
export function useSecondsUntil(until: string): number {
  return useNow((now) => Math.max(0, Math.ceil((Date.parse(until) - now) / 1_000)));
}
