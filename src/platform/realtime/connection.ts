import type { Socket } from 'socket.io';
import type { Permission } from '../../contracts/identity.js';
import type { ServerEventName, ServerEvents } from '../../contracts/socket.js';
import { type Actor, may } from '../../kernel/actor.js';

/** socket.io's map of the events we send. */
export type Outbound = { [E in ServerEventName]: (payload: ServerEvents[E]) => void };
export type Inbound = Record<string, (...args: unknown[]) => void>;

/** One open tab of a signed-in person. */
export interface Connection {
  readonly socketId: string;
  /** As they are now: a change of their role changes it. */
  readonly actor: Actor;
  /** Tells this tab only. */
  emit<E extends ServerEventName>(event: E, payload: ServerEvents[E]): void;
  /** From now on this tab hears what is told to the room, for as long as its person may. */
  join(room: string, needs: Permission): Promise<void>;
  leave(room: string): Promise<void>;
}

export type ClientSocket = Socket<Inbound, Outbound, Record<string, never>, { actor: Actor }>;

export const rooms = {
  person: (personId: string) => `person:${personId}`,
  session: (sessionId: string) => `session:${sessionId}`,
};

/** A tab on a socket of this process. */
export class OpenTab implements Connection {
  /** It asked for something since the last review. */
  used = false;
  private readonly needed = new Map<string, Permission>();

  constructor(private readonly socket: ClientSocket) {}

  get socketId(): string {
    return this.socket.id;
  }

  get actor(): Actor {
    return this.socket.data.actor;
  }

  emit<E extends ServerEventName>(event: E, payload: ServerEvents[E]): void {
    // The map's generic signature cannot be seen through by TypeScript; the types of our own `emit` are exact.
    const send = this.socket.emit.bind(this.socket) as (event: string, payload: unknown) => boolean;
    send(event, payload);
  }

  async join(room: string, needs: Permission): Promise<void> {
    this.needed.set(room, needs);
    await this.socket.join(room);
    // Their rights may have gone while the room was entered.
    if (!may(this.actor, needs)) await this.leave(room);
  }

  async leave(room: string): Promise<void> {
    this.needed.delete(room);
    await this.socket.leave(room);
  }

  /** Acts as this from now on, and leaves what they may hear no more. False: nothing is new. */
  async become(actor: Actor): Promise<boolean> {
    if (JSON.stringify(actor) === JSON.stringify(this.actor)) return false;
    this.socket.data.actor = actor;
    for (const [room, needs] of [...this.needed]) if (!may(actor, needs)) await this.leave(room);
    return true;
  }
}
