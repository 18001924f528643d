import { readFrame, type SipFrame, writeRefusal } from './sip-frame.js';

/** What becomes of a frame. */
export type Verdict =
  | { kind: 'carry' }
  | { kind: 'drop' }
  | { kind: 'answer'; text: string; why: Misconduct }
  | { kind: 'close'; why: Misconduct };

/** What a softphone of ours never does. */
export type Misconduct = 'malformed' | 'method' | 'foreign-account' | 'too-many';

/** All that a softphone needs. Transfers, messages and subscriptions only happen through the product. */
const methods = new Set(['REGISTER', 'INVITE', 'ACK', 'BYE', 'CANCEL', 'UPDATE', 'INFO', 'PRACK', 'OPTIONS']);
/** Of a phone that registers now and then, and dials by hand. */
const perMinute = 60;

type Request = Extract<SipFrame, { kind: 'request' }>;

/** Watches what one softphone's connection sends to the engine: SIP, of few kinds, under its own name, not too much. */
export class SipGuard {
  private readonly known = new Set<string>();
  private minute = 0;
  private inMinute = 0;

  /** `owns`: whether an account was made for this connection's holder. */
  constructor(
    private readonly owns: (account: string) => Promise<boolean>,
    private readonly now: () => number,
  ) {}

  async judge(text: string): Promise<Verdict> {
    const frame = readFrame(text);
    if (!frame) return { kind: 'close', why: 'malformed' };
    if (frame.kind !== 'request') return { kind: 'carry' };
    if (!methods.has(frame.method)) return refuse(frame, '405 Method Not Allowed', 'method');
    // What belongs to a dialog is known to the engine by that; the phone's name there is the one it was called by.
    if (frame.withinDialog) return { kind: 'carry' };
    if (this.isTooMuch()) return { kind: 'close', why: 'too-many' };
    return (await this.isOwn(frame.account))
      ? { kind: 'carry' }
      : refuse(frame, '403 Forbidden', 'foreign-account');
  }

  private async isOwn(account: string): Promise<boolean> {
    if (this.known.has(account)) return true;
    if (account === '' || !(await this.owns(account))) return false;
    this.known.add(account);
    return true;
  }

  private isTooMuch(): boolean {
    const minute = Math.floor(this.now() / 60_000);
    if (minute !== this.minute) this.inMinute = 0;
    this.minute = minute;
    this.inMinute += 1;
    return this.inMinute > perMinute;
  }
}

/** Nothing may be said to an ACK. */
function refuse(request: Request, status: string, why: Misconduct): Verdict {
  if (request.method === 'ACK') return { kind: 'drop' };
  return { kind: 'answer', text: writeRefusal(request.headers, status), why };
}
