import { once } from 'node:events';
import { io, type Socket } from 'socket.io-client';
import type {
  CommandAnswer,
  CommandInput,
  CommandName,
  CommandResult,
  ServerEventName,
  ServerEvents,
} from '../../src/contracts/socket.js';
import { eventually } from './eventually.js';

interface Heard {
  event: string;
  payload: unknown;
}

/** One tab's socket, as the client would have it. */
export class SocketClient {
  /** Everything the server told, in order. */
  readonly heard: Heard[] = [];

  private constructor(readonly socket: Socket) {
    socket.onAny((event: string, payload: unknown) => this.heard.push({ event, payload }));
  }

  /** Connects; rejects with the server's refusal code when the handshake is refused. `ca`: trusted, where it speaks TLS. */
  static async open(url: string, headers: Record<string, string>, ca?: string): Promise<SocketClient> {
    const socket = io(url, {
      transports: ['websocket'],
      extraHeaders: headers,
      reconnection: false,
      forceNew: true,
      ...(ca !== undefined && { ca }),
    });
    const client = new SocketClient(socket);
    const abort = new AbortController();
    const failed = once(socket as never, 'connect_error', { signal: abort.signal }).then(([error]) => {
      throw error;
    });
    const opened = once(socket as never, 'connect', { signal: abort.signal });
    try {
      await Promise.race([opened, failed]);
    } finally {
      // The one that did not come ends with the abort; nobody waits for it any more.
      failed.catch(() => undefined);
      opened.catch(() => undefined);
      abort.abort();
    }
    return client;
  }

  /** Sends a command and waits for its answer. */
  async command<N extends CommandName>(name: N, payload: CommandInput<N>): Promise<CommandAnswer<N>> {
    return this.raw(name, payload) as Promise<CommandAnswer<N>>;
  }

  /** Sends anything at all. */
  async raw(name: string, ...payload: unknown[]): Promise<unknown> {
    return this.socket.timeout(5_000).emitWithAck(name, ...payload);
  }

  /** Sends a command that must succeed. */
  async done<N extends CommandName>(name: N, payload: CommandInput<N>): Promise<CommandResult<N>> {
    const answer = await this.command(name, payload);
    if (!answer.ok) throw new Error(`${name} was refused: ${JSON.stringify(answer.refusal)}`);
    return answer.result;
  }

  /** What was told last under this name. */
  last<E extends ServerEventName>(event: E): ServerEvents[E] | undefined {
    return this.heard.findLast((entry) => entry.event === event)?.payload as ServerEvents[E] | undefined;
  }

  /** Waits until something was told under this name that fits, and returns it. */
  async hears<E extends ServerEventName>(
    event: E,
    fits: (payload: ServerEvents[E]) => boolean = () => true,
  ): Promise<ServerEvents[E]> {
    const found = await eventually(
      () => this.heard.find((entry) => entry.event === event && fits(entry.payload as ServerEvents[E])),
      { what: `the socket hears ${event}; heard: ${this.heard.map((entry) => entry.event).join(', ')}` },
    );
    return found.payload as ServerEvents[E];
  }

  close(): void {
    this.socket.disconnect();
  }
}
