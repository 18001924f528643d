import { randomBytes } from 'node:crypto';
import { headerOf, headersOf, type SipHeader, type SipMessage, tagOf, uriOf } from './sip-message.js';

export const newToken = () => randomBytes(8).toString('hex');

/** Who is at both ends of a dialog, as headers name them. */
export interface DialogParties {
  callId: string;
  local: string;
  remote: string;
  target: string;
  contact: string;
}

/** Writes the messages of one dialog: the same names at both ends, and a sequence that counts up. */
export class SipDialog {
  private readonly parties: DialogParties;
  private sequence = 1;

  constructor(
    parties: DialogParties,
    private readonly from: { address: string; port: number },
  ) {
    this.parties = { ...parties };
  }

  get callId(): string {
    return this.parties.callId;
  }

  get remote(): string {
    return this.parties.remote;
  }

  /** Gives our end its tag, which an incoming dialog lacks. */
  tagLocal(): void {
    this.parties.local = `${this.parties.local};tag=${newToken()}`;
  }

  /** The other end told its tag. */
  learnRemote(to: string): void {
    this.parties.remote = to;
  }

  /** The other end told where further requests go. */
  learnTarget(contact: string): void {
    if (contact) this.parties.target = uriOf(contact);
  }

  request(method: string, body = '', more: readonly SipHeader[] = []): SipMessage {
    const { target, local, remote, callId, contact } = this.parties;
    return {
      method,
      uri: target,
      headers: [
        ['via', this.via(newToken())],
        ['max-forwards', '70'],
        ['from', local],
        ['to', remote],
        ['call-id', callId],
        ['cseq', `${this.sequence++} ${method}`],
        ['contact', contact],
        ['allow', 'INVITE, ACK, CANCEL, BYE, OPTIONS, UPDATE, INFO, NOTIFY'],
        ...more,
        ...typeOf(body),
      ],
      body,
    };
  }

  /** Takes back an INVITE that has no final answer: the same transaction, and a To without a tag. */
  cancel(invite: SipMessage): SipMessage {
    const sequence = headerOf(invite, 'cseq').split(' ')[0] ?? '1';
    return {
      method: 'CANCEL',
      uri: invite.uri ?? '',
      headers: [
        ['via', headerOf(invite, 'via')],
        ['max-forwards', '70'],
        ['from', headerOf(invite, 'from')],
        ['to', headerOf(invite, 'to')],
        ['call-id', this.callId],
        ['cseq', `${sequence} CANCEL`],
      ],
      body: '',
    };
  }

  /** Confirms an answer to an INVITE: a transaction of its own when it was a 200, else part of the INVITE's. */
  ack(request: SipMessage, response: SipMessage, body: string): SipMessage {
    const ok = (response.status ?? 0) < 300;
    const contact = headerOf(response, 'contact');
    const sequence = headerOf(request, 'cseq').split(' ')[0] ?? '1';
    return {
      method: 'ACK',
      uri: ok && contact ? uriOf(contact) : (request.uri ?? ''),
      headers: [
        ['via', ok ? this.via(newToken()) : headerOf(request, 'via')],
        ['max-forwards', '70'],
        ['from', headerOf(request, 'from')],
        ['to', headerOf(response, 'to')],
        ['call-id', this.callId],
        ['cseq', `${sequence} ACK`],
        ...typeOf(body),
      ],
      body,
    };
  }

  response(request: SipMessage, status: number, reason: string, body = ''): SipMessage {
    const to = headerOf(request, 'to');
    return {
      status,
      reason,
      headers: [
        ...headersOf(request, 'via').map((via): SipHeader => ['via', via]),
        ['from', headerOf(request, 'from')],
        ['to', tagOf(to) ? to : this.parties.local],
        ['call-id', this.callId],
        ['cseq', headerOf(request, 'cseq')],
        ['contact', this.parties.contact],
        ...typeOf(body),
      ],
      body,
    };
  }

  private via(branch: string): string {
    return `SIP/2.0/UDP ${this.from.address}:${this.from.port};branch=z9hG4bK${branch};rport`;
  }
}

function typeOf(body: string): SipHeader[] {
  return body ? [['content-type', 'application/sdp']] : [];
}
