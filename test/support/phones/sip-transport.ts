import { createSocket, type Socket } from 'node:dgram';
import { setTimeout as pause } from 'node:timers/promises';
import { formatSip, headerOf, parseSip, type SipMessage } from './sip-message.js';

/** The telephone exchange a phone talks to. */
export interface SipServer {
  host: string;
  port: number;
}

const repeatAfterMs = 500;
const repeats = 6;

interface Sent {
  onResponse: (response: SipMessage) => void;
  timer: NodeJS.Timeout | undefined;
}

/**
 * SIP over UDP from the phone's own address. Requests are repeated until something comes back, requests that arrive
 * twice get the answer they got before.
 */
export class SipTransport {
  onRequest: (request: SipMessage) => void = () => undefined;
  /** All that came from the exchange, as it came. */
  readonly received: string[] = [];
  private readonly sent = new Map<string, Sent>();
  private readonly unanswered = new Set<string>();
  private readonly answered = new Map<string, string>();

  private constructor(
    private readonly socket: Socket,
    readonly address: string,
    readonly port: number,
    readonly server: SipServer,
  ) {
    socket.on('message', (data) => this.take(data.toString('utf8')));
    // A refused datagram means that the exchange is down: the phone notices by the missing answer, as a real one does.
    socket.on('error', () => undefined);
  }

  static async open(address: string, server: SipServer): Promise<SipTransport> {
    const socket = createSocket('udp4');
    await new Promise<void>((done, fail) => {
      socket.once('error', fail);
      socket.bind(0, address, () => {
        socket.off('error', fail);
        done();
      });
    });
    return new SipTransport(socket, address, socket.address().port, server);
  }

  /** Sends a request; `onResponse` gets every response of its transaction, provisional ones too. */
  request(request: SipMessage, onResponse: (response: SipMessage) => void): void {
    const text = formatSip(request);
    if (request.method === 'ACK') {
      this.write(text);
      return;
    }
    const key = transactionOf(request);
    let left = repeats;
    const repeat = (wait: number): NodeJS.Timeout =>
      setTimeout(() => {
        if (left-- <= 0) return;
        this.write(text);
        entry.timer = repeat(Math.min(wait * 2, 4000));
      }, wait).unref();
    const entry: Sent = { onResponse, timer: repeat(repeatAfterMs) };
    this.sent.set(key, entry);
    this.unanswered.add(key);
    this.write(text);
  }

  /** Answers a request and remembers the answer for repeats of it. */
  respond(request: SipMessage, response: SipMessage): void {
    const text = formatSip(response);
    this.answered.set(transactionOf(request), text);
    this.write(text);
  }

  /** Closes once every request has its final answer, so that the last BYE arrives; an exchange that is down gets a second. */
  async close(): Promise<void> {
    const until = performance.now() + 1_000;
    while (this.unanswered.size > 0 && performance.now() < until) await pause(10);
    for (const entry of this.sent.values()) clearTimeout(entry.timer);
    this.socket.close();
  }

  private write(text: string): void {
    this.socket.send(text, this.server.port, this.server.host);
  }

  private take(text: string): void {
    this.received.push(text);
    const message = parseSip(text);
    if (!message) return;
    if (message.status !== undefined) {
      const key = transactionOf(message);
      const entry = this.sent.get(key);
      if (message.status >= 200) this.unanswered.delete(key);
      clearTimeout(entry?.timer);
      entry?.onResponse(message);
      return;
    }
    const before = this.answered.get(transactionOf(message));
    if (before !== undefined && message.method !== 'ACK') {
      this.write(before);
      return;
    }
    this.onRequest(message);
  }
}

function transactionOf(message: SipMessage): string {
  const branch = /branch=([^;\s]+)/.exec(headerOf(message, 'via'))?.[1] ?? '';
  return `${branch} ${headerOf(message, 'cseq').split(' ')[1] ?? ''}`;
}
