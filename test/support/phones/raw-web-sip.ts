import { once } from 'node:events';
import { WebSocket } from 'ws';
import { eventually } from '../eventually.js';
import { type Wish, writeRequest } from './raw-sip.js';
import { digestAnswer } from './sip-digest.js';
import { formatSip, headerOf, parseSip, type SipMessage } from './sip-message.js';

const server = { host: 'sanling', port: 5060 };
const me = 'intruder.invalid';

interface Shown {
  cookie?: string;
  /** The certificate that is trusted, where the server speaks TLS. */
  ca?: string;
}

/** A web page of somebody's own making on the softphones' signalling: sends anything, and hears what comes back. */
export class RawWebSip {
  readonly heard: SipMessage[] = [];
  closedWith: number | undefined;

  private constructor(private readonly socket: WebSocket) {
    socket.on('message', (data) => {
      const message = parseSip(String(data));
      if (message) this.heard.push(message);
    });
    socket.on('close', (code) => {
      this.closedWith = code;
    });
    socket.on('error', () => undefined);
  }

  /** Opens the connection; the HTTP status instead when it is refused. */
  static async open(url: string, path: string, { cookie, ca }: Shown = {}): Promise<RawWebSip | number> {
    const headers = cookie === undefined ? {} : { cookie };
    const socket = new WebSocket(`${url.replace('http', 'ws')}${path}`, 'sip', { headers, ca });
    const refused = once(socket, 'unexpected-response').then(([, { statusCode }]) => Number(statusCode));
    const opened = once(socket, 'open').then(() => new RawWebSip(socket));
    // The one that does not come is left behind, and may fail with the socket.
    refused.catch(() => undefined);
    opened.catch(() => undefined);
    return Promise.race([opened, refused]);
  }

  /** Sends a request, with proof when asked for it; its final answer, or undefined when the connection was closed. */
  async ask(wish: Wish, proof?: { user: string; secret: string }): Promise<SipMessage | undefined> {
    const first = await this.once(wish);
    const challenge = first && headerOf(first, 'www-authenticate');
    if (!proof || !challenge) return first;
    const uri = `sip:${wish.to ?? wish.from}@${server.host}:${server.port}`;
    const answer = digestAnswer(challenge, { method: wish.method, uri, ...proof });
    return this.once({ ...wish, headers: [...(wish.headers ?? []), ['authorization', answer]] });
  }

  send(text: string): void {
    this.socket.send(text);
  }

  /** How the server closed the connection. */
  async closed(): Promise<number> {
    return eventually(() => this.closedWith, { what: 'the connection is closed' });
  }

  close(): void {
    this.socket.terminate();
  }

  private async once(wish: Wish): Promise<SipMessage | undefined> {
    const request = writeRequest(wish, server, me, 'WS');
    const id = headerOf(request, 'call-id');
    this.send(formatSip(request));
    const answer = () =>
      this.heard.find((one) => headerOf(one, 'call-id') === id && (one.status ?? 0) >= 200);
    await eventually(() => answer() !== undefined || this.closedWith !== undefined, {
      withinMs: 10_000,
      what: `${wish.method} from ${wish.from} is answered`,
    });
    return answer();
  }
}
