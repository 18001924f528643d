import type { RefusalBody } from '@contracts/refusal';
import type {
  CommandAnswer,
  CommandInput,
  CommandName,
  ServerEventName,
  ServerEvents,
} from '@contracts/socket';
import { createContext, use, useCallback, useEffect, useRef } from 'react';
import { useStore } from 'zustand';
import { useRefusalNotice } from '../ui/use-refusal-notice';
import type { Connection, ConnectionStatus } from './connection';
import type { DeskState, DeskStore } from './desk-store';

export interface Realtime {
  connection: Connection;
  desk: DeskStore;
}

export const RealtimeContext = createContext<Realtime | null>(null);

function useRealtime(): Realtime {
  const realtime = use(RealtimeContext);
  if (!realtime) throw new Error('outside of the shell: no connection');
  return realtime;
}

/** The line to the server; only inside the shell. */
export function useConnection(): Connection {
  return useRealtime().connection;
}

export function useConnectionStatus(): ConnectionStatus {
  return useStore(useConnection().state, (state) => state.status);
}

/** Why the server does not let this page in, or ended its session; null: it did not say. */
export function useConnectionRefusal(): RefusalBody | null {
  return useStore(useConnection().state, (state) => state.refusal);
}

/** A part of the server's copy of this agent's desk. */
export function useDesk<T>(select: (state: DeskState) => T): T {
  return useStore(useRealtime().desk, select);
}

/** Calls `listener` at each such event while the component is shown. */
export function useServerEvent<E extends ServerEventName>(
  event: E,
  listener: (payload: ServerEvents[E]) => void,
): void {
  const connection = useConnection();
  const latest = useRef(listener);
  latest.current = listener;
  useEffect(() => connection.on(event, (payload) => latest.current(payload)), [connection, event]);
}

/** Sends commands and tells the person when one is refused. Resolves with the answer. */
export function useCommand(): <N extends CommandName>(
  name: N,
  payload: CommandInput<N>,
) => Promise<CommandAnswer<N>> {
  const connection = useConnection();
  const tell = useRefusalNotice();
  return useCallback(
    async (name, payload) => {
      const answer = await connection.command(name, payload);
      if (!answer.ok) tell(answer.refusal);
      return answer;
    },
    [connection, tell],
  );
}
