import { Injectable, Logger } from '@nestjs/common';
import type { Server } from 'socket.io';
import type { ServerEventName, ServerEvents } from '../../contracts/socket.js';
import { RedisConnections } from '../redis/redis-connections.js';
import { type Connection, type Inbound, type Outbound, rooms } from './connection.js';

export type RealtimeServer = Server<Inbound, Outbound>;
type ConnectionListener = (connection: Connection) => void | Promise<void>;

/** Tells open tabs, on whichever server process they are, and lets features know of tabs that come and go here. */
@Injectable()
export class Realtime {
  private readonly logger = new Logger(Realtime.name);
  private readonly connected = new Set<ConnectionListener>();
  private readonly disconnected = new Set<ConnectionListener>();
  private server: RealtimeServer | undefined;

  constructor(private readonly redis: RedisConnections) {}

  /** For the gateway, once the socket server stands. */
  attach(server: RealtimeServer): void {
    this.server = server;
  }

  /** Tells every tab of the person. */
  toPerson<E extends ServerEventName>(personId: string, event: E, payload: ServerEvents[E]): void {
    this.toRoom(rooms.person(personId), event, payload);
  }

  /** Tells every tab that joined the room. */
  toRoom<E extends ServerEventName>(room: string, event: E, payload: ServerEvents[E]): void {
    // Features may speak before the socket server stands (at start-up): nobody is there to hear it.
    // While Redis is away the tabs of this process hear it all the same; it would reach nobody before Redis is back.
    const target = (this.redis.up ? this.server : this.server?.local)?.to(room);
    const send = target?.emit.bind(target) as ((event: string, payload: unknown) => boolean) | undefined;
    send?.(event, payload);
  }

  /** Every tab of the person joins the room. For one tab: `connection.join`. */
  joinRoom(personId: string, room: string): void {
    this.server?.in(rooms.person(personId)).socketsJoin(room);
  }

  leaveRoom(personId: string, room: string): void {
    this.server?.in(rooms.person(personId)).socketsLeave(room);
  }

  /** How many tabs the person has open, over all processes. */
  async tabsOf(personId: string): Promise<number> {
    return (await this.server?.in(rooms.person(personId)).fetchSockets())?.length ?? 0;
  }

  /** Tells the session's tabs that it has ended, and closes them, on every process. */
  endSession(sessionId: string, code: string): void {
    const room = rooms.session(sessionId);
    this.toRoom(room, 'session.ended', { code });
    this.server?.in(room).disconnectSockets(true);
  }

  /** Called for each tab that connects to this process, before its first command; and again when its person's rights changed. */
  onConnected(listener: ConnectionListener): void {
    this.connected.add(listener);
  }

  /** Called for each tab of this process that goes. */
  onDisconnected(listener: ConnectionListener): void {
    this.disconnected.add(listener);
  }

  /** For the gateway. */
  async tellConnected(connection: Connection): Promise<void> {
    for (const listener of this.connected) await this.tell(listener, connection);
  }

  /** For the gateway. */
  async tellDisconnected(connection: Connection): Promise<void> {
    for (const listener of this.disconnected) await this.tell(listener, connection);
  }

  private async tell(listener: ConnectionListener, connection: Connection): Promise<void> {
    try {
      await listener(connection);
    } catch (error) {
      this.logger.error({ msg: 'a listener of connections failed', err: error });
    }
  }
}
