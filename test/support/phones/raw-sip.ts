import { createSocket, type Socket } from 'node:dgram';
import { eventually } from '../eventually.js';
import { newToken } from './sip-dialog.js';
import { formatSip, headerOf, parseSip, type SipHeader, type SipMessage } from './sip-message.js';
import type { SipServer } from './sip-transport.js';

/** A request that belongs to nothing that was before. */
export interface Wish {
  method: string;
  /** Who it says it is. */
  from: string;
  /** Whom or what it asks for. */
  to?: string;
  headers?: readonly SipHeader[];
  body?: string;
}

/** Writes such a request as somebody at `host:port` would. */
export function writeRequest(wish: Wish, server: SipServer, me: string, transport = 'UDP'): SipMessage {
  const { method, from, to = from, headers = [], body = '' } = wish;
  return {
    method,
    uri: `sip:${to}@${server.host}:${server.port}`,
    headers: [
      ['via', `SIP/2.0/${transport} ${me};branch=z9hG4bK${newToken()};rport`],
      ['max-forwards', '70'],
      ['from', `<sip:${from}@${server.host}>;tag=${newToken()}`],
      ['to', `<sip:${to}@${server.host}>`],
      ['call-id', newToken()],
      ['cseq', `1 ${method}`],
      ['contact', `<sip:${from}@${me}>`],
      ...headers,
    ],
    body,
  };
}

/** Somebody with a UDP socket and bad manners: sends anything from its own address, and hears what comes back. */
export class RawSip {
  readonly heard: SipMessage[] = [];

  private constructor(
    private readonly socket: Socket,
    private readonly server: SipServer,
    private readonly me: string,
  ) {
    socket.on('message', (data) => {
      const message = parseSip(data.toString('latin1'));
      if (message) this.heard.push(message);
    });
    socket.on('error', () => undefined);
  }

  static async open(address: string, server: SipServer): Promise<RawSip> {
    const socket = createSocket('udp4');
    await new Promise<void>((done, fail) => {
      socket.once('error', fail);
      socket.bind(0, address, () => done());
    });
    return new RawSip(socket, server, `${address}:${socket.address().port}`);
  }

  /** Sends a request; its final answer. */
  async ask(wish: Wish): Promise<SipMessage> {
    const request = writeRequest(wish, this.server, this.me);
    this.send(formatSip(request));
    const answer = await eventually(() => this.finalOf(request), {
      withinMs: 10_000,
      what: `${wish.method} from ${wish.from} is answered`,
    });
    if (wish.method === 'INVITE') this.acknowledge(request, answer);
    return answer;
  }

  /** Sends anything; what was said to it by the time that a proper request sent after it is answered. */
  async throws(data: string | Buffer): Promise<SipMessage[]> {
    const before = this.heard.length;
    this.send(data);
    const probe = await this.ask({ method: 'OPTIONS', from: 'probe' });
    return this.heard.slice(before).filter((message) => message !== probe);
  }

  /** A request of ours as text, to be spoilt. */
  text(wish: Wish): string {
    return formatSip(writeRequest(wish, this.server, this.me));
  }

  close(): void {
    this.socket.close();
  }

  private send(data: string | Buffer): void {
    this.socket.send(data, this.server.port, this.server.host);
  }

  private finalOf(request: SipMessage): SipMessage | undefined {
    const id = headerOf(request, 'call-id');
    return this.heard.find((one) => headerOf(one, 'call-id') === id && (one.status ?? 0) >= 200);
  }

  private acknowledge(request: SipMessage, answer: SipMessage): void {
    const headers = request.headers.map(([name, value]): SipHeader => {
      if (name === 'to') return ['to', headerOf(answer, 'to')];
      return name === 'cseq' ? ['cseq', '1 ACK'] : [name, value];
    });
    this.send(formatSip({ method: 'ACK', uri: request.uri ?? '', headers, body: '' }));
  }
}
