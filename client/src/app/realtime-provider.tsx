import { type ReactNode, useEffect, useState } from 'react';
import { type Realtime, RealtimeContext } from '../realtime/connection-context';
import { createDeskStore, followDesk } from '../realtime/desk-store';
import { openConnection } from '../realtime/open-connection';
import { Loading } from '../ui/loading';
import { recheckSession } from './session';

const recheckEveryMs = 3_000;

/** Opens the line to the server for the signed-in person, and closes it at sign-out. */
export function RealtimeProvider({ children }: { children: ReactNode }) {
  const [realtime, setRealtime] = useState<Realtime | null>(null);

  useEffect(() => {
    const connection = openConnection(rarely(recheck, recheckEveryMs));
    // What this person may do has changed.
    const stopWatching = connection.on('session.changed', recheck);
    const desk = createDeskStore();
    // From the first moment on: the snapshot comes once, maybe before the desk's page is there.
    const unfollow = followDesk(connection, desk);
    setRealtime({ connection, desk });
    return () => {
      unfollow();
      stopWatching();
      connection.close();
    };
  }, []);

  if (!realtime) return <Loading />;
  return <RealtimeContext value={realtime}>{children}</RealtimeContext>;
}

function recheck(): void {
  recheckSession().catch((error: unknown) => console.warn('the session could not be checked', error));
}

function rarely(action: () => void, everyMs: number): () => void {
  let last = 0;
  return () => {
    if (Date.now() - last < everyMs) return;
    last = Date.now();
    action();
  };
}
