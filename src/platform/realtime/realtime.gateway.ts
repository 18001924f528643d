import { Logger, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import {
  type OnGatewayConnection,
  type OnGatewayDisconnect,
  type OnGatewayInit,
  WebSocketGateway,
} from '@nestjs/websockets';
import type { CommandAnswer } from '../../contracts/socket.js';
import { type Cancel, Clock } from '../../kernel/clock.js';
import { isRefusal, type Refusal, refuse } from '../../kernel/refusal.js';
import { Announcements } from '../announcements/announcements.js';
import { Doorkeeper } from '../http/doorkeeper.js';
import { Faults } from '../http/faults.js';
import { CommandRegistry } from './command-registry.js';
import { type ClientSocket, type Connection, connectionOf, rooms } from './connection.js';
import { Realtime, type RealtimeServer } from './realtime.js';
import { SocketRate } from './socket-rate.js';

type Answer = (answer: CommandAnswer | { ok: boolean; result: unknown }) => void;

const reviewEveryMs = 30_000;

/** The one gateway: every command of every feature comes in here, is parsed, carried out and answered. */
@WebSocketGateway()
export class RealtimeGateway
  implements OnModuleInit, OnModuleDestroy, OnGatewayInit, OnGatewayConnection, OnGatewayDisconnect
{
  private readonly logger = new Logger(RealtimeGateway.name);
  private readonly rate = new SocketRate();
  private readonly open = new Map<string, { socket: ClientSocket; connection: Connection; used: boolean }>();
  private cancelReview: Cancel = () => {};

  constructor(
    private readonly doorkeeper: Doorkeeper,
    private readonly commands: CommandRegistry,
    private readonly realtime: Realtime,
    private readonly faults: Faults,
    private readonly announcements: Announcements,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.announcements.on('session.closed', ({ sessionId }) =>
      this.realtime.endSession(sessionId, 'session.expired'),
    );
    this.planReview();
  }

  onModuleDestroy(): void {
    this.cancelReview();
  }

  afterInit(server: RealtimeServer): void {
    this.realtime.attach(server);
    server.use((socket, next) => {
      this.admit(socket).then(
        (refused) => next(refused && Object.assign(new Error(refused.code), { data: refused })),
        (error: unknown) => {
          const { body } = this.faults.answer(error, 'socket handshake');
          next(Object.assign(new Error(body.code), { data: body }));
        },
      );
    });
  }

  async handleConnection(socket: ClientSocket): Promise<void> {
    const connection = connectionOf(socket);
    this.open.set(socket.id, { socket, connection, used: false });
    // Commands that come while listeners still prepare the tab wait for them.
    const ready = this.prepare(socket, connection);
    socket.onAny((name: unknown, ...args: unknown[]) => {
      ready
        .then(() => this.receive(socket, String(name), args))
        .catch((error: unknown) => {
          this.faults.answer(error, 'socket');
        });
    });
    await ready;
  }

  async handleDisconnect(socket: ClientSocket): Promise<void> {
    const entry = this.open.get(socket.id);
    if (!entry) return;
    this.open.delete(socket.id);
    this.rate.forget(socket.id);
    await this.realtime.tellDisconnected(entry.connection);
  }

  private async admit(socket: ClientSocket): Promise<Refusal | undefined> {
    const actor = await this.doorkeeper.admit(socket.handshake.headers.cookie);
    if (isRefusal(actor)) return actor;
    socket.data.actor = actor;
    return undefined;
  }

  private async prepare(socket: ClientSocket, connection: Connection): Promise<void> {
    const { personId, sessionId } = connection.actor;
    await socket.join([rooms.person(personId), rooms.session(sessionId)]);
    await this.realtime.tellConnected(connection);
  }

  private async receive(socket: ClientSocket, name: string, args: unknown[]): Promise<void> {
    const entry = this.open.get(socket.id);
    const answer = args.at(-1);
    if (!entry) return;
    if (typeof answer !== 'function') {
      this.logger.warn({ msg: 'command without acknowledgement ignored', command: name.slice(0, 64) });
      return;
    }
    entry.used = true;
    (answer as Answer)(await this.answer(entry.connection, name, args.slice(0, -1)));
  }

  private async answer(connection: Connection, name: string, args: unknown[]) {
    try {
      const result = await this.carryOut(connection, name, args);
      if (!isRefusal(result)) return { ok: true, result };
      if (result.code === 'request.malformed') {
        this.logger.warn({ msg: 'malformed command', command: name.slice(0, 64), details: result.details });
      }
      if (result.code === 'permission.denied') {
        await this.doorkeeper.turnedAway(connection.actor, `command ${name.slice(0, 64)}`);
      }
      return { ok: false as const, refusal: { code: result.code, details: { ...result.details } } };
    } catch (error) {
      const { body } = this.faults.answer(error, `command ${name.slice(0, 64)}`);
      return { ok: false as const, refusal: body };
    }
  }

  private async carryOut(connection: Connection, name: string, args: unknown[]): Promise<unknown> {
    if (!this.rate.allows(connection.socketId, this.clock.now())) return refuse('request.too-many');
    if (args.length > 1)
      return refuse('request.malformed', { issues: [{ path: '', code: 'too_many_arguments' }] });
    return this.commands.carryOut(name, args[0], connection);
  }

  /** Sockets stay open without asking anything: their sessions are looked at from time to time. */
  private planReview(): void {
    this.cancelReview = this.clock.at(this.clock.now() + reviewEveryMs, () => {
      this.review()
        .catch((error: unknown) => this.logger.warn({ msg: 'sessions could not be reviewed', err: error }))
        .finally(() => this.planReview());
    });
  }

  /** Ends the tabs whose session has ended, slides the sessions that were used. */
  async review(): Promise<void> {
    const entries = [...this.open.values()];
    const sessionOf = (entry: { connection: Connection }) => entry.connection.actor.sessionId;
    const used = entries.filter((entry) => entry.used);
    for (const entry of used) entry.used = false;
    if (entries.length === 0) return;
    const ids = [...new Set(entries.map(sessionOf))];
    for (const sessionId of await this.doorkeeper.review(ids, used.map(sessionOf))) {
      this.realtime.endSession(sessionId, 'session.expired');
    }
  }
}
