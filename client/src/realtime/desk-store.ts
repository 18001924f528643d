import type { DeskCall } from '@contracts/call';
import type { DeskSnapshot } from '@contracts/socket';
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Connection } from './connection';
import { noteServerTime } from './server-clock';

/** The server's copy of the desk; `loaded` is false until the first snapshot. */
export interface DeskState extends Omit<DeskSnapshot, 'presence' | 'serverTime'> {
  loaded: boolean;
  presence: DeskSnapshot['presence'] | null;
}

export type DeskStore = StoreApi<DeskState>;

export function createDeskStore(): DeskStore {
  return createStore<DeskState>()(() => ({
    loaded: false,
    presence: null,
    call: null,
    queues: [],
    today: { handled: 0 },
    help: null,
  }));
}

/** Keeps the desk's copy: each event replaces its part as a whole. Returns the removal. */
export function followDesk(connection: Pick<Connection, 'on'>, store: DeskStore): () => void {
  const removals = [
    connection.on('desk.snapshot', ({ serverTime, ...snapshot }) => {
      noteServerTime(serverTime);
      const held = store.getState().call;
      store.setState({
        ...snapshot,
        call: isStale(held, snapshot.call) ? held : snapshot.call,
        loaded: true,
      });
    }),
    connection.on('presence.changed', (presence) => store.setState({ presence })),
    connection.on('queues.changed', (queues) => store.setState({ queues })),
    connection.on('help.changed', (help) => store.setState({ help })),
    connection.on('call.changed', (call) => {
      if (!isStale(store.getState().call, call)) store.setState({ call });
    }),
  ];
  return () => {
    for (const remove of removals) remove();
  };
}

/** Several server processes may tell of one call: an older version never replaces a newer one. */
export function isStale(held: DeskCall | null, told: DeskCall | null): boolean {
  if (!held || !told || held.handlingId !== told.handlingId) return false;
  return told.version < held.version;
}
