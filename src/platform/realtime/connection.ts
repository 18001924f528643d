import type { Socket } from 'socket.io';
import type { ServerEventName, ServerEvents } from '../../contracts/socket.js';
import type { Actor } from '../../kernel/actor.js';

/** socket.io's map of the events we send. */
export type Outbound = { [E in ServerEventName]: (payload: ServerEvents[E]) => void };
export type Inbound = Record<string, (...args: unknown[]) => void>;

/** One open tab of a signed-in person. */
export interface Connection {
  readonly socketId: string;
  readonly actor: Actor;
  /** Tells this tab only. */
  emit<E extends ServerEventName>(event: E, payload: ServerEvents[E]): void;
  /** From now on this tab hears what is told to the room. */
  join(room: string): Promise<void>;
  leave(room: string): Promise<void>;
}

export type ClientSocket = Socket<Inbound, Outbound, Record<string, never>, { actor: Actor }>;

export const rooms = {
  person: (personId: string) => `person:${personId}`,
  session: (sessionId: string) => `session:${sessionId}`,
};

export function connectionOf(socket: ClientSocket): Connection {
  // The map's generic signature cannot be seen through by TypeScript; the types of our own `emit` are exact.
  const send = socket.emit.bind(socket) as (event: string, payload: unknown) => boolean;
  return {
    socketId: socket.id,
    actor: socket.data.actor,
    emit: (event, payload) => void send(event, payload),
    join: async (room) => socket.join(room),
    leave: async (room) => socket.leave(room),
  };
}
