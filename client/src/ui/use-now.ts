import { useEffect, useState } from 'react';
import { serverNow } from '../realtime/server-clock';

const listeners = new Set<() => void>();
let timer: number | undefined;

// One interval for every timer on the page, so that they all turn together.
function listen(listener: () => void): () => void {
  listeners.add(listener);
  timer ??= window.setInterval(() => {
    for (const each of listeners) each();
  }, 200);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    window.clearInterval(timer);
    timer = undefined;
  };
}

/** The server's time in ms, refreshed five times a second; frozen while `running` is false. */
export function useNow(running = true): number {
  const [now, setNow] = useState(serverNow);
  useEffect(() => {
    if (!running) return undefined;
    setNow(serverNow());
    return listen(() => setNow(serverNow()));
  }, [running]);
  return now;
}
