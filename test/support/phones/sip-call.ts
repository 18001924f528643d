import type { RtpStream } from './rtp-stream.js';
import { type Direction, type Offer, readAudioTarget, readCodecs, writeSdp } from './sdp.js';
import { type DialogParties, SipDialog } from './sip-dialog.js';
import { digestAnswer } from './sip-digest.js';
import { headerOf, type SipHeader, type SipMessage, userOf } from './sip-message.js';
import type { SipTransport } from './sip-transport.js';

export type CallState = 'calling' | 'ringing' | 'up' | 'ended';
/** What a phone hands to a new call. */
export interface CallSetup {
  direction: 'outgoing' | 'incoming';
  transport: SipTransport;
  rtp: RtpStream;
  dialog: DialogParties;
  /** The INVITE that brought an incoming call. */
  invite: SipMessage;
  offer: Offer;
  /** Answers the exchange's question who is calling. */
  account: { user: string; secret: string };
}

/** One call of a phone, seen from the phone. */
export class SipCall {
  state: CallState;
  /** The last status that the other side sent (outgoing) or that we sent (incoming). */
  status = 0;
  endedBy: 'me' | 'peer' | undefined;
  /** Reason header of the peer's BYE or CANCEL. */
  endReason = '';
  /** The re-INVITE that is under way was answered with this status. */
  lastReinviteStatus = 0;
  /** The codecs in the peer's last description, the preferred first. */
  codecs: readonly string[] = [];
  private sdpVersion = 1;
  private sentInvite: SipMessage | undefined;
  private answerSent = false;
  /** Our answer was confirmed; whoever answered may not end the call before (RFC 3261, 15). */
  private confirmed = false;

  private readonly dialog: SipDialog;

  constructor(private readonly setup: CallSetup) {
    this.dialog = new SipDialog(setup.dialog, setup.transport);
    this.state = setup.direction === 'outgoing' ? 'calling' : 'ringing';
    if (setup.direction === 'incoming') {
      this.dialog.tagLocal();
      this.takeSdp(setup.invite.body);
    }
  }

  get direction(): 'outgoing' | 'incoming' {
    return this.setup.direction;
  }

  get rtp(): RtpStream {
    return this.setup.rtp;
  }

  /** What came out of it in the last `ms`. */
  lastHeard(ms: number): Int16Array {
    return this.rtp.lastHeard(ms);
  }

  get id(): string {
    return this.dialog.callId;
  }

  /** The other side's number and shown name, as the phone would display them. */
  get remoteNumber(): string {
    return userOf(this.dialog.remote);
  }

  get remoteName(): string {
    return /^"?([^"<]*?)"?\s*</.exec(this.dialog.remote)?.[1] ?? '';
  }

  /** A header of the INVITE that brought this call. */
  inviteHeader(name: string): string {
    return headerOf(this.setup.invite, name.toLowerCase());
  }

  /** Sends the first INVITE (outgoing calls). */
  start(more: readonly SipHeader[] = []): void {
    const body = writeSdp(this.rtp.address, this.rtp.port, this.sdpVersion, { offer: this.setup.offer });
    const request = this.dialog.request('INVITE', body, more);
    this.sentInvite = request;
    this.setup.transport.request(request, (response) => this.takeInviteResponse(response, request));
  }

  /** Answers an incoming call. */
  answer(): void {
    if (this.state !== 'ringing' || this.answerSent) return;
    this.answerSent = true;
    this.respond(200, 'OK', writeSdp(this.rtp.address, this.rtp.port, this.sdpVersion));
    this.state = 'up';
  }

  /** The number that brought an incoming call here. */
  get dialled(): string {
    return userOf(this.setup.invite.uri ?? '');
  }

  /** Plays to the caller before the call is answered, as a network that makes its own ringing tone does. */
  playEarly(): void {
    this.respond(183, 'Session Progress', writeSdp(this.rtp.address, this.rtp.port, this.sdpVersion));
  }

  /** Says that the phone is ringing. */
  ring(): void {
    this.respond(180, 'Ringing');
  }

  /** Declines an incoming call: 486 busy, 603 declined … */
  reject(status = 486): void {
    if (this.state !== 'ringing') return;
    this.respond(status, 'Rejected');
    this.finish('me');
  }

  /** Ends the call in whatever state it is, as pressing the red key does. */
  hangUp(): void {
    if (this.state === 'ended') return;
    if (this.direction === 'incoming' && this.state === 'ringing') {
      this.reject(603);
      return;
    }
    if (this.state === 'up') {
      if (this.direction === 'outgoing' || this.confirmed) this.sayGoodbye();
      this.finish('me');
      return;
    }
    this.endedBy = 'me';
    if (this.sentInvite) this.setup.transport.request(this.dialog.cancel(this.sentInvite), () => undefined);
  }

  /** Puts the call on hold from the phone's side, by a re-INVITE. */
  hold(): void {
    this.reinvite('sendonly');
  }

  resume(): void {
    this.reinvite('sendrecv');
  }

  sendDigits(digits: string): void {
    for (const digit of digits) this.rtp.digit(digit);
  }

  /** A request inside this call arrived. */
  takeRequest(request: SipMessage): void {
    const method = request.method ?? '';
    // The INVITE of this call again: nothing was said to it yet.
    if (method === 'INVITE' && headerOf(request, 'cseq') === headerOf(this.setup.invite, 'cseq')) return;
    if (method === 'ACK') {
      if (request.body && this.state !== 'ended') this.takeSdp(request.body);
      if (this.owesGoodbye) this.sayGoodbye();
      this.confirmed = true;
    } else if (method === 'CANCEL') {
      this.reply(request, 200, 'OK');
      if (this.state !== 'ringing' || this.answerSent) return;
      this.endReason = headerOf(request, 'reason');
      this.respond(487, 'Request Terminated');
      this.finish('peer');
    } else if (method === 'BYE') {
      this.endReason = headerOf(request, 'reason');
      this.reply(request, 200, 'OK');
      this.finish('peer');
    } else if (method === 'INVITE' || method === 'UPDATE') {
      if (request.body) this.takeSdp(request.body);
      const body = writeSdp(this.rtp.address, this.rtp.port, ++this.sdpVersion);
      this.reply(request, 200, 'OK', method === 'INVITE' || request.body ? body : '');
    } else this.reply(request, 200, 'OK');
  }

  private reinvite(direction: Direction): void {
    const body = writeSdp(this.rtp.address, this.rtp.port, ++this.sdpVersion, { direction });
    const request = this.dialog.request('INVITE', body);
    this.setup.transport.request(request, (response) => {
      const status = response.status ?? 0;
      if (status < 200) return;
      this.lastReinviteStatus = status;
      this.acknowledge(request, response);
    });
  }

  private takeInviteResponse(response: SipMessage, request: SipMessage): void {
    const status = response.status ?? 0;
    if (status === 401 || status === 407) {
      this.startWithProof(request, response);
      return;
    }
    if (status > 100) {
      this.status = status;
      this.dialog.learnRemote(headerOf(response, 'to'));
    }
    if (status >= 200) this.acknowledge(request, response);
    if (this.state === 'ended') return;
    if (status === 180 || status === 183) this.state = 'ringing';
    if (response.body) this.takeSdp(response.body);
    if (status >= 300) {
      this.finish(this.endedBy ?? 'peer');
      return;
    }
    if (status < 200) return;
    this.dialog.learnTarget(headerOf(response, 'contact'));
    this.state = 'up';
    // Our CANCEL crossed the 200: the phone's owner has left, so the call ends at once.
    if (this.endedBy === 'me') this.hangUp();
  }

  /** It was hung up before its answer was confirmed: the goodbye follows that. */
  get owesGoodbye(): boolean {
    return this.answerSent && !this.confirmed && this.endedBy === 'me';
  }

  private sayGoodbye(): void {
    this.setup.transport.request(this.dialog.request('BYE'), () => undefined);
  }

  private startWithProof(request: SipMessage, response: SipMessage): void {
    this.acknowledge(request, response);
    const challenge = headerOf(response, 'www-authenticate') || headerOf(response, 'proxy-authenticate');
    const name = response.status === 401 ? 'authorization' : 'proxy-authorization';
    if (headerOf(request, name)) {
      this.status = response.status ?? 0;
      this.finish('peer');
      return;
    }
    const { user, secret } = this.setup.account;
    const proof = digestAnswer(challenge, { method: 'INVITE', uri: request.uri ?? '', user, secret });
    this.start([[name, proof]]);
  }

  private acknowledge(request: SipMessage, response: SipMessage): void {
    const ok = (response.status ?? 0) < 300;
    const offered = ok && !request.body && response.body && this.setup.offer !== 'never';
    const body = offered ? writeSdp(this.rtp.address, this.rtp.port, ++this.sdpVersion) : '';
    this.setup.transport.request(this.dialog.ack(request, response, body), () => undefined);
  }

  private takeSdp(body: string): void {
    const target = readAudioTarget(body);
    if (target) this.rtp.sendTo(target.address, target.port);
    this.codecs = readCodecs(body);
  }

  private finish(by: 'me' | 'peer'): void {
    if (this.state === 'ended') return;
    this.state = 'ended';
    this.endedBy = by;
    this.rtp.close();
  }

  private respond(status: number, reason: string, body = ''): void {
    this.status = status;
    this.reply(this.setup.invite, status, reason, body);
  }

  private reply(request: SipMessage, status: number, reason: string, body = ''): void {
    this.setup.transport.respond(request, this.dialog.response(request, status, reason, body));
  }
}
