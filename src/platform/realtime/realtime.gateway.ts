import { Logger, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import {
  type OnGatewayConnection,
  type OnGatewayDisconnect,
  type OnGatewayInit,
  WebSocketGateway,
} from '@nestjs/websockets';
import type { Actor } from '../../kernel/actor.js';
import { Beat } from '../../kernel/beat.js';
import { Clock } from '../../kernel/clock.js';
import { isRefusal } from '../../kernel/refusal.js';
import { Announcements } from '../announcements/announcements.js';
import { Faults } from '../http/faults.js';
import { type ClientSocket, OpenTab, rooms } from './connection.js';
import { Realtime, type RealtimeServer } from './realtime.js';
import { SocketDoor } from './socket-door.js';
import { TabCommands } from './tab-commands.js';

const reviewEveryMs = 30_000;

/** The one gateway: every tab of every person comes in here, and stays as long as its person may. */
@WebSocketGateway()
export class RealtimeGateway
  implements OnModuleInit, OnModuleDestroy, OnGatewayInit, OnGatewayConnection, OnGatewayDisconnect
{
  private readonly logger = new Logger(RealtimeGateway.name);
  private readonly open = new Map<string, OpenTab>();
  private readonly reviewing: Beat;

  constructor(
    private readonly door: SocketDoor,
    private readonly commands: TabCommands,
    private readonly realtime: Realtime,
    private readonly faults: Faults,
    private readonly announcements: Announcements,
    clock: Clock,
  ) {
    this.reviewing = new Beat(
      clock,
      reviewEveryMs,
      () => this.review(),
      (error) => this.logger.warn({ msg: 'sessions could not be reviewed', err: error }),
    );
  }

  onModuleInit(): void {
    this.announcements.on('session.closed', ({ sessionId, why }) => this.realtime.endSession(sessionId, why));
    this.announcements.on('rights.changed', async ({ personId, standing }) => {
      const tabs = [...this.open.values()].filter(({ actor }) => actor.personId === personId);
      for (const tab of tabs) {
        if (standing) await this.become(tab, { ...standing, sessionId: tab.actor.sessionId });
      }
    });
    this.reviewing.start();
  }

  async onModuleDestroy(): Promise<void> {
    await this.reviewing.stop();
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
    const tab = new OpenTab(socket);
    this.open.set(socket.id, tab);
    // Commands that come while listeners still prepare the tab wait for them.
    const ready = this.prepare(socket, tab);
    this.commands.take(socket, tab, ready);
    await ready;
  }

  async handleDisconnect(socket: ClientSocket): Promise<void> {
    const tab = this.open.get(socket.id);
    if (!tab) return;
    this.open.delete(socket.id);
    await this.realtime.tellDisconnected(tab);
  }

  private async admit(socket: ClientSocket) {
    const actor = await this.door.admit(socket);
    if (isRefusal(actor)) return actor;
    socket.data.actor = actor;
    return undefined;
  }

  private async prepare(socket: ClientSocket, tab: OpenTab): Promise<void> {
    const { personId, sessionId } = tab.actor;
    await socket.join([rooms.person(personId), rooms.session(sessionId)]);
    await this.realtime.tellConnected(tab);
  }

  /** The tab's page reads its session anew; features open for it what has become its own. */
  private async become(tab: OpenTab, actor: Actor): Promise<void> {
    if (!(await tab.become(actor))) return;
    tab.emit('session.changed', {});
    await this.realtime.tellConnected(tab);
  }

  /** Ends the tabs whose session has ended, slides the sessions that were used, and catches up with changed rights. */
  async review(): Promise<void> {
    const tabs = [...this.open.values()];
    if (tabs.length === 0) return;
    const used = tabs.filter((tab) => tab.used);
    for (const tab of used) tab.used = false;
    const sessionOf = ({ actor }: OpenTab) => actor.sessionId;
    const ids = [...new Set(tabs.map(sessionOf))];
    const actors = await this.door.review(ids, used.map(sessionOf));
    for (const id of ids) if (!actors.has(id)) this.realtime.endSession(id, 'session.expired');
    for (const tab of tabs) {
      const actor = actors.get(tab.actor.sessionId);
      if (actor) await this.become(tab, actor);
    }
  }
}
