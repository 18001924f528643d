import { Injectable, Logger } from '@nestjs/common';
import type { CommandAnswer } from '../../contracts/socket.js';
import { Bucket } from '../../kernel/bucket.js';
import { Clock } from '../../kernel/clock.js';
import { isRefusal, refuse } from '../../kernel/refusal.js';
import { Doorkeeper } from '../http/doorkeeper.js';
import { Faults } from '../http/faults.js';
import { CommandRegistry } from './command-registry.js';
import type { ClientSocket, OpenTab } from './connection.js';
import { SocketNotes } from './socket-notes.js';

type Answer = (answer: CommandAnswer | { ok: boolean; result: unknown }) => void;

const perSecond = 20;
const burst = 60;

/** Whatever a tab sends: counted first, then parsed, carried out and answered. */
@Injectable()
export class TabCommands {
  private readonly logger = new Logger(TabCommands.name);

  constructor(
    private readonly commands: CommandRegistry,
    private readonly faults: Faults,
    private readonly doorkeeper: Doorkeeper,
    private readonly clock: Clock,
  ) {}

  /** From now on what the socket sends is carried out, once the tab is `ready`. */
  take(socket: ClientSocket, tab: OpenTab, ready: Promise<void>): void {
    const bucket = new Bucket(perSecond, burst);
    const notes = this.notesOn(tab);
    let closed = false;
    socket.once('disconnect', () => notes.flush());
    socket.onAny((event: unknown, ...args: unknown[]) => {
      if (closed) return;
      const name = String(event).slice(0, 64);
      const answer = args.at(-1);
      const about = { command: name };
      if (!bucket.take(this.clock.now())) {
        closed = true;
        notes.take('too-many', about);
        this.close(socket, tab, answer);
      } else if (typeof answer !== 'function') {
        notes.take('without-acknowledgement', about);
      } else {
        const work = ready.then(() => this.carryOut(tab, name, args.slice(0, -1), notes));
        work.then(answer as Answer).catch((error: unknown) => this.faults.answer(error, 'socket'));
      }
    });
  }

  private notesOn({ actor, socketId }: OpenTab): SocketNotes {
    return new SocketNotes(this.clock, (note) =>
      this.logger.warn({ msg: 'a tab misbehaves', socketId, login: actor.login, ...note }),
    );
  }

  /** Told once, then closed: whoever sends without measure is not answered one by one. */
  private close(socket: ClientSocket, tab: OpenTab, answer: unknown): void {
    const refusal = { code: 'request.too-many', details: {} } as const;
    if (typeof answer === 'function') (answer as Answer)({ ok: false, refusal });
    tab.emit('connection.refused', refusal);
    socket.disconnect(true);
  }

  private async carryOut(tab: OpenTab, name: string, args: unknown[], notes: SocketNotes) {
    tab.used = true;
    try {
      const result =
        args.length > 1
          ? refuse('request.malformed', { issues: [{ path: '', code: 'too_many_arguments' }] })
          : await this.commands.carryOut(name, args[0], tab);
      if (!isRefusal(result)) return { ok: true, result };
      const { code, details } = result;
      if (code === 'permission.denied') await this.doorkeeper.turnedAway(tab.actor, `command ${name}`);
      if (code === 'request.malformed') notes.take('malformed', { command: name, details });
      return { ok: false as const, refusal: { code, details: { ...details } } };
    } catch (error) {
      const { body } = this.faults.answer(error, `command ${name}`);
      return { ok: false as const, refusal: body };
    }
  }
}
