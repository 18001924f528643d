import type { SipFrame } from './sip-frame.js';

/** How long a phone itself waits for any answer (RFC 3261, timer B). */
const unansweredMs = 32_000;

/**
 * The calls that one holder's phones have begun, as their frames and the engine's tell. It is forgotten with the holder's
 * last connection, and another process knows nothing of it: the engine counts once more (asterisk/extensions.conf).
 */
export class OwnCalls {
  /** When a call counts as over though nothing was heard of it, by Call-ID. */
  private readonly open = new Map<string, number>();

  constructor(readonly atOnce: number) {}

  /** Whether this call may begin, or be asked for again; it is open from then on. */
  begin(callId: string, now: number): boolean {
    for (const [id, until] of this.open) if (until <= now) this.open.delete(id);
    if (!this.open.has(callId) && this.open.size >= this.atOnce) return false;
    this.open.set(callId, now + unansweredMs);
    return true;
  }

  /** Takes what the engine says: its own BYE, its word to one of the phone, and its answers to the call. */
  heard(frame: SipFrame): void {
    if (frame.kind === 'keep-alive' || !this.open.has(frame.callId)) return;
    const { callId, method } = frame;
    if (frame.kind === 'request') {
      if (method === 'BYE') this.open.delete(callId);
      return;
    }
    const taken = frame.status >= 200 && frame.status < 300;
    if (method === 'BYE' && taken) this.open.delete(callId);
    if (method !== 'INVITE') return;
    // Also after a question for a proof: the same call is then asked for again.
    if (frame.status >= 300) this.open.delete(callId);
    else this.open.set(callId, Number.POSITIVE_INFINITY);
  }
}
