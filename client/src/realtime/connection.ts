import type { RefusalBody } from '@contracts/refusal';
import type {
  CommandAnswer,
  CommandInput,
  CommandName,
  ServerEventName,
  ServerEvents,
} from '@contracts/socket';
import { createStore } from 'zustand/vanilla';
import { clientRefusal } from '../app/refused-error';

/** connecting: the first time; lost: was there and is being looked for again; ended: the session is over. */
export type ConnectionStatus = 'connecting' | 'connected' | 'lost' | 'ended';

/** What of socket.io's client is used: a test stands in for it. */
export interface Wire {
  connect(): unknown;
  disconnect(): unknown;
  on(event: string, listener: (...args: never[]) => void): unknown;
  off(event: string, listener: (...args: never[]) => void): unknown;
  timeout(ms: number): { emitWithAck(event: string, payload: unknown): Promise<unknown> };
  readonly connected: boolean;
}

interface ConnectionState {
  status: ConnectionStatus;
  /** Since when it is lost, local ms. */
  lostSince: number | null;
  /** Why the server does not let this page in, or ended its session; null: it did not say. */
  refusal: RefusalBody | null;
}

const answerWithinMs = 10_000;
/** A page that was turned away, or sent too much, does not come back in haste. */
const againAfterMs = 4_000;
/** With these only a new sign-in helps. */
const isOver = ({ code }: RefusalBody) => code === 'session.none' || code === 'session.expired';

/**
 * The typed line to the server: commands with their answers, events by name. It keeps trying to reconnect; nothing is
 * queued while it is away, since a command pressed before may be wrong after.
 */
export class Connection {
  readonly state = createStore<ConnectionState>()(() => ({
    status: 'connecting',
    lostSince: null,
    refusal: null,
  }));
  private again: ReturnType<typeof setTimeout> | undefined;

  /** `onRefused`: the handshake was turned down, so the session may be over. */
  constructor(
    private readonly wire: Wire,
    private readonly onRefused: () => void = () => undefined,
  ) {
    wire.on('connect', () => this.state.setState({ status: 'connected', lostSince: null, refusal: null }));
    wire.on('disconnect', (reason: string) => this.lost(reason));
    wire.on('connect_error', (error?: { data?: RefusalBody }) => this.refused(error?.data ?? null));
    wire.on('connection.refused', (refusal: RefusalBody) => this.state.setState({ refusal }));
    wire.on('session.ended', (refusal: RefusalBody) => this.state.setState({ status: 'ended', refusal }));
    wire.connect();
  }

  /** Sends a command and resolves with its answer; never rejects. */
  async command<N extends CommandName>(name: N, payload: CommandInput<N>): Promise<CommandAnswer<N>> {
    if (!this.wire.connected) return { ok: false, refusal: clientRefusal('client.disconnected') };
    try {
      return (await this.wire.timeout(answerWithinMs).emitWithAck(name, payload)) as CommandAnswer<N>;
    } catch (error) {
      // socket.io rejects for one reason only: no acknowledgement in time (or the line broke meanwhile).
      console.warn(`no answer to ${name}`, error);
      return { ok: false, refusal: clientRefusal('client.no-answer') };
    }
  }

  /** Listens to an event; returns the removal. */
  on<E extends ServerEventName>(event: E, listener: (payload: ServerEvents[E]) => void): () => void {
    this.wire.on(event, listener);
    return () => {
      this.wire.off(event, listener);
    };
  }

  /** Runs `listener` at once when connected, and after every reconnect. */
  onConnected(listener: () => void): () => void {
    if (this.wire.connected) listener();
    this.wire.on('connect', listener);
    return () => {
      this.wire.off('connect', listener);
    };
  }

  close(): void {
    clearTimeout(this.again);
    this.wire.disconnect();
  }

  private lost(reason: string): void {
    const { status, refusal } = this.state.getState();
    if (status === 'ended') return;
    this.state.setState({ status: 'lost', lostSince: Date.now() });
    // socket.io reconnects by itself except when the server closed the line on purpose; then the session may be over.
    if (reason === 'io server disconnect') {
      this.onRefused();
      if (refusal) this.connectLater();
      else this.wire.connect();
    }
  }

  private refused(refusal: RefusalBody | null): void {
    const { status, lostSince } = this.state.getState();
    if (status !== 'ended')
      this.state.setState({ status: 'lost', lostSince: lostSince ?? Date.now(), refusal });
    this.onRefused();
    // socket.io goes on by itself after a broken line, and not after a "no" of the server.
    if (refusal && !isOver(refusal)) this.connectLater();
  }

  private connectLater(): void {
    clearTimeout(this.again);
    this.again = setTimeout(() => this.wire.connect(), againAfterMs * (1 + Math.random() / 2));
  }
}
