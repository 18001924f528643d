import type { Floor } from '@contracts/floor';
import type { RefusalBody } from '@contracts/refusal';
import { useCallback, useEffect, useState } from 'react';
import { useConnection, useServerEvent } from '../realtime/connection-context';
import { noteServerTime } from '../realtime/server-clock';

interface FloorView {
  floor: Floor | null;
  refusal: RefusalBody | null;
}

/** The floor as the server last told it: asked for after every (re)connect, replaced as a whole at each change. */
export function useFloor(): FloorView & { ask: () => Promise<void> } {
  const connection = useConnection();
  const [view, setView] = useState<FloorView>({ floor: null, refusal: null });
  const show = useCallback((floor: Floor) => {
    noteServerTime(floor.at);
    // An answer on its way may be older than what came meanwhile.
    setView((before) => (before.floor && before.floor.at > floor.at ? before : { floor, refusal: null }));
  }, []);
  useServerEvent('floor.changed', show);
  const ask = useCallback(async () => {
    const answer = await connection.command('watch-floor', {});
    if (answer.ok) show(answer.result);
    else setView((before) => ({ ...before, refusal: answer.refusal }));
  }, [connection, show]);
  useEffect(() => connection.onConnected(() => void ask()), [connection, ask]);
  return { ...view, ask };
}
