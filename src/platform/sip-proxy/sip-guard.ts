import { Bucket } from '../../kernel/bucket.js';
import { OwnCalls } from './own-calls.js';
import { readFrame, type SipRequest, writeRefusal } from './sip-frame.js';

/** What becomes of a frame. */
export type Verdict =
  | { kind: 'carry' }
  | { kind: 'drop' }
  | { kind: 'answer'; text: string; why: Misconduct }
  | { kind: 'close'; why: Misconduct };

/** What a softphone of ours never does. */
export type Misconduct = 'malformed' | 'method' | 'foreign-account' | 'too-many' | 'too-many-calls';

/** All that a softphone needs. Transfers, messages and subscriptions only happen through the product. */
const methods = new Set(['REGISTER', 'INVITE', 'ACK', 'BYE', 'CANCEL', 'UPDATE', 'INFO', 'PRACK', 'OPTIONS']);
/**
 * Frames of any kind. A phone in a call whose network comes and goes sends a few dozen in its worst minute, at most about
 * ten of them at once.
 */
const frames = { perSecond: 10, atOnce: 100 };
/** Requests that belong to no dialog: of a phone that registers now and then, and dials by hand. */
const beginnings = { perSecond: 1, atOnce: 60 };

/**
 * Watches what one softphone's connection sends to the engine: SIP, of few kinds, under its own name, not too much.
 *
 * Requests within a call are known by their name too, not by a list of the calls that were seen to begin: a call outlives
 * its connection, and the process that carried it (docs/softphone.md), so a list would refuse those who come back. That
 * needs the phone to be called by its account (`contactName` in client/src/softphone/sip-line.ts): the name that it was
 * called by is its name in the call. A request of a call that does not exist begins none: the engine answers 481.
 */
export class SipGuard {
  private readonly known = new Set<string>();
  private readonly frames = new Bucket(frames.perSecond, frames.atOnce);
  private readonly beginnings = new Bucket(beginnings.perSecond, beginnings.atOnce);

  /** `owns`: whether an account was made for this connection's holder; `calls`: those of all the holder's connections. */
  constructor(
    private readonly owns: (account: string) => Promise<boolean>,
    private readonly now: () => number,
    private readonly calls = new OwnCalls(0),
  ) {}

  /** Counts a frame, whatever is in it: before it is read, or kept. False: that was one too many. */
  counts(): boolean {
    return this.frames.take(this.now());
  }

  async judge(text: string): Promise<Verdict> {
    const frame = readFrame(text);
    if (!frame) return { kind: 'close', why: 'malformed' };
    if (frame.kind !== 'request') return { kind: 'carry' };
    if (frame.begins && !this.beginnings.take(this.now())) return { kind: 'close', why: 'too-many' };
    if (!methods.has(frame.method)) return refuse(frame, '405 Method Not Allowed', 'method');
    if (!(await this.isOwn(frame.account))) return refuse(frame, '403 Forbidden', 'foreign-account');
    return this.mayCall(frame) ?? { kind: 'carry' };
  }

  /** What the engine says to the phone, as it is carried there. */
  heard(text: string): void {
    if (this.calls.atOnce === 0) return;
    const frame = readFrame(text);
    if (frame) this.calls.heard(frame);
  }

  private mayCall(frame: SipRequest): Verdict | undefined {
    if (frame.method !== 'INVITE' || !frame.begins) return undefined;
    if (this.calls.begin(frame.callId, this.now())) return undefined;
    const status = this.calls.atOnce === 0 ? '403 Forbidden' : '486 Busy Here';
    return refuse(frame, status, 'too-many-calls');
  }

  private async isOwn(account: string | undefined): Promise<boolean> {
    if (account === undefined) return false;
    if (this.known.has(account)) return true;
    if (!(await this.owns(account))) return false;
    this.known.add(account);
    return true;
  }
}

/** Nothing may be said to an ACK. */
function refuse(request: SipRequest, status: string, why: Misconduct): Verdict {
  if (request.method === 'ACK') return { kind: 'drop' };
  return { kind: 'answer', text: writeRefusal(request, status), why };
}
