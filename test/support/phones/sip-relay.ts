import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { formatSip, headerOf, parseSip, type SipHeader, type SipMessage, userOf } from './sip-message.js';

interface Address {
  host: string;
  port: number;
}

/**
 * The carrier beyond the trunk, for phones that are programs of their own: passes each call to the phone that has the
 * number (RFC 3261 16, without state but for which call went where). Whoever has no phone does not exist.
 */
export class SipRelay {
  private readonly phones = new Map<string, Address>();
  private readonly calls = new Map<string, Address>();

  private constructor(
    private readonly socket: Socket,
    private readonly own: Address,
  ) {
    socket.on('message', (data, from) =>
      this.take(data.toString('utf8'), { host: from.address, port: from.port }),
    );
    // A phone that has gone makes the kernel report refused datagrams; the caller notices by the missing answer.
    socket.on('error', () => undefined);
  }

  static async open(address: string): Promise<SipRelay> {
    const socket = createSocket('udp4');
    socket.bind(0, address);
    await once(socket, 'listening');
    return new SipRelay(socket, { host: address, port: socket.address().port });
  }

  /** `host:port` that the exchange dials outside numbers over. */
  get reachedAt(): string {
    return `${this.own.host}:${this.own.port}`;
  }

  /** From now on this number is that phone's. */
  connect(number: string, { reachedAt }: { reachedAt: string }): void {
    const [host = '', port] = reachedAt.split(':');
    this.phones.set(number, { host, port: Number(port) });
  }

  close(): void {
    this.socket.close();
  }

  private take(text: string, from: Address): void {
    const message = parseSip(text);
    if (!message) return;
    if (message.status !== undefined) this.passBack(message);
    else this.passOn(message, from);
  }

  private passOn(request: SipMessage, from: Address): void {
    const id = headerOf(request, 'call-id');
    const to = this.calls.get(id) ?? this.phones.get(userOf(request.uri ?? ''));
    if (!to) {
      this.refuse(request, from);
      return;
    }
    this.calls.set(id, to);
    // One branch for the repeats of a request and for its CANCEL, as the caller's own is.
    const branch = `${/branch=([^;\s]+)/.exec(headerOf(request, 'via'))?.[1] ?? ''}-relayed`;
    const via: SipHeader = ['via', `SIP/2.0/UDP ${this.own.host}:${this.own.port};branch=${branch}`];
    this.send({ ...request, headers: [via, ...request.headers] }, to);
  }

  /** The phone's answer goes to whom the next `via` names. */
  private passBack(response: SipMessage): void {
    const own = response.headers.findIndex(([name]) => name === 'via');
    const headers = response.headers.filter((_, index) => index !== own);
    const back = { ...response, headers };
    const [, host = '', port = '5060'] = /UDP ([^:;\s]+):?(\d+)?/.exec(headerOf(back, 'via')) ?? [];
    this.send(back, { host, port: Number(port) });
  }

  private refuse(request: SipMessage, to: Address): void {
    if (request.method === 'ACK') return;
    const kept = request.headers.filter(([name]) => ['via', 'from', 'call-id', 'cseq'].includes(name));
    const tagged: SipHeader = ['to', `${headerOf(request, 'to')};tag=nobody`];
    this.send({ status: 404, reason: 'Not Found', headers: [...kept, tagged], body: '' }, to);
  }

  private send(message: SipMessage, { host, port }: Address): void {
    this.socket.send(formatSip(message), port, host);
  }
}
