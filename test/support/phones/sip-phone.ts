import { setTimeout as pause } from 'node:timers/promises';
import { RtpStream } from './rtp-stream.js';
import type { Offer } from './sdp.js';
import { SipCall } from './sip-call.js';
import { type DialogParties, newToken } from './sip-dialog.js';
import { digestAnswer } from './sip-digest.js';
import { headerOf, type SipHeader, type SipMessage, tagOf, uriOf } from './sip-message.js';
import { type SipServer, SipTransport } from './sip-transport.js';

export interface PhoneOptions {
  /** Its own address: 127.0.0.2, 127.0.0.3 … so that many phones can be told apart. */
  address: string;
  server: SipServer;
  /** Number or account name. */
  user: string;
  displayName?: string;
  /** For registration; a trunk has none. */
  secret?: string;
  /** What the phone does by itself with a call that comes in. Default: it rings. */
  onCall?: (call: SipCall) => void;
}

/** A plain SIP phone for tests: real signalling and real audio, under the test's control. */
export class SipPhone {
  /** Every call of this phone, the first first. */
  readonly calls: SipCall[] = [];
  private readonly registerId = newToken();
  private readonly registerTag = newToken();
  private sequence = 1;

  private constructor(
    readonly options: PhoneOptions,
    private readonly transport: SipTransport,
  ) {
    transport.onRequest = (request) => this.take(request);
  }

  static async start(options: PhoneOptions): Promise<SipPhone> {
    return new SipPhone(options, await SipTransport.open(options.address, options.server));
  }

  /** `host:port` where it can be called without a registration. */
  get reachedAt(): string {
    return `${this.transport.address}:${this.transport.port}`;
  }

  /** All that the exchange ever sent it. */
  get received(): readonly string[] {
    return this.transport.received;
  }

  /** The call that goes on now, if any. */
  get call(): SipCall | undefined {
    return this.calls.findLast((call) => call.state !== 'ended');
  }

  /** Registers for `expires` seconds (0 takes it back); resolves with the final status. */
  async register(expires = 300): Promise<number> {
    const first = await this.sendRegister(expires);
    const challenge = headerOf(first, 'www-authenticate');
    if (first.status !== 401 || !challenge) return first.status ?? 0;
    return (await this.sendRegister(expires, challenge)).status ?? 0;
  }

  /** Starts a call and returns at once; `call.state` tells how it goes. */
  async dial(
    number: string,
    options: { offer?: Offer; headers?: readonly SipHeader[]; tone?: number } = {},
  ): Promise<SipCall> {
    const { host, port } = this.transport.server;
    const dialog: DialogParties = {
      callId: newToken(),
      local: `${this.address()};tag=${newToken()}`,
      remote: `<sip:${number}@${host}:${port}>`,
      target: `sip:${number}@${host}:${port}`,
      contact: this.contact(),
    };
    const rtp = await RtpStream.open(this.options.address);
    if (options.tone) rtp.tone(options.tone);
    const none: SipMessage = { headers: [], body: '' };
    const call = new SipCall({
      direction: 'outgoing',
      transport: this.transport,
      rtp,
      dialog,
      invite: none,
      offer: options.offer ?? 'audio',
      account: this.account,
    });
    this.calls.push(call);
    call.start(options.headers);
    return call;
  }

  /** Ends every call and closes the phone. */
  async close(): Promise<void> {
    for (const call of this.calls) call.hangUp();
    const until = performance.now() + 1_000;
    while (this.calls.some(({ owesGoodbye }) => owesGoodbye) && performance.now() < until) await pause(10);
    // Not waited for: an exchange that is down answers nobody, and the transport knows how long to wait.
    if (this.options.secret && this.registered) void this.register(0);
    await this.transport.close();
  }

  private registered = false;

  private get account(): { user: string; secret: string } {
    return { user: this.options.user, secret: this.options.secret ?? '' };
  }

  private sendRegister(expires: number, challenge?: string): Promise<SipMessage> {
    const { host, port } = this.transport.server;
    const uri = `sip:${host}:${port}`;
    const { user, secret = '' } = this.options;
    const { address, port: own } = this.transport;
    return new Promise((done) => {
      this.transport.request(
        {
          method: 'REGISTER',
          uri,
          headers: [
            ['via', `SIP/2.0/UDP ${address}:${own};branch=z9hG4bK${newToken()};rport`],
            ['max-forwards', '70'],
            ['from', `${this.address()};tag=${this.registerTag}`],
            ['to', this.address()],
            ['call-id', this.registerId],
            ['cseq', `${this.sequence++} REGISTER`],
            ['contact', this.contact()],
            ['expires', String(expires)],
            ...(challenge
              ? ([
                  ['authorization', digestAnswer(challenge, { method: 'REGISTER', uri, user, secret })],
                ] as const)
              : []),
          ],
          body: '',
        },
        (response) => {
          if ((response.status ?? 0) < 200) return;
          this.registered = response.status === 200 && expires > 0;
          done(response);
        },
      );
    });
  }

  private take(request: SipMessage): void {
    const id = headerOf(request, 'call-id');
    const known = this.calls.find((call) => call.id === id);
    if (known) {
      known.takeRequest(request);
      return;
    }
    if (request.method === 'INVITE') {
      void this.accept(request);
      return;
    }
    if (request.method === 'ACK') return;
    this.transport.respond(request, {
      status: request.method === 'OPTIONS' || request.method === 'NOTIFY' ? 200 : 481,
      reason: 'Here',
      headers: [
        ['via', headerOf(request, 'via')],
        ['from', headerOf(request, 'from')],
        ['to', `${headerOf(request, 'to')};tag=${tagOf(headerOf(request, 'to')) || newToken()}`],
        ['call-id', id],
        ['cseq', headerOf(request, 'cseq')],
      ],
      body: '',
    });
  }

  private async accept(request: SipMessage): Promise<void> {
    const rtp = await RtpStream.open(this.options.address);
    const id = headerOf(request, 'call-id');
    if (this.calls.some((call) => call.id === id)) return rtp.close();
    const dialog: DialogParties = {
      callId: id,
      local: headerOf(request, 'to'),
      remote: headerOf(request, 'from'),
      target: uriOf(headerOf(request, 'contact')),
      contact: this.contact(),
    };
    const call = new SipCall({
      direction: 'incoming',
      transport: this.transport,
      rtp,
      dialog,
      invite: request,
      offer: 'audio',
      account: this.account,
    });
    this.calls.push(call);
    if (this.options.onCall) this.options.onCall(call);
    else call.ring();
  }

  private address(): string {
    const { host, port } = this.transport.server;
    const { displayName, user } = this.options;
    return `${displayName ? `"${displayName}" ` : ''}<sip:${user}@${host}:${port}>`;
  }

  private contact(): string {
    return `<sip:${this.options.user}@${this.transport.address}:${this.transport.port}>`;
  }
}
