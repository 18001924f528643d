import { type RawData, WebSocket } from 'ws';
import type { Misconduct, SipGuard } from './sip-guard.js';

/** Bytes waiting on one side before the other is told to pause. */
const fullBytes = 256 * 1024;
const pingEveryMs = 25_000;
/** Close codes of our own. */
const closeCodes: Partial<Record<Misconduct, number>> = { malformed: 4400, 'too-many': 4429 };

interface Watch {
  guard: SipGuard;
  /** Told of what the guard did not carry. */
  onMisconduct: (why: Misconduct) => void;
  /** The guard could not tell; the connection is closed. */
  onFailure: (error: unknown) => void;
}

/**
 * Carries frames between a softphone and the engine until either side closes; then closes the other. What the phone
 * sends is judged first. A side that does not keep up makes the other wait. A softphone that answers no ping is gone (its
 * network is) and is let go.
 */
export function bridge(phone: WebSocket, engine: WebSocket, watch: Watch): void {
  judged(phone, engine, watch);
  carry(engine, phone, (data, binary) => send(engine, phone, data, binary));
  let alive = true;
  phone.on('pong', () => {
    alive = true;
  });
  const ping = setInterval(() => {
    if (!alive) return phone.terminate();
    alive = false;
    phone.ping();
  }, pingEveryMs);
  ping.unref();
  phone.once('close', () => clearInterval(ping));
}

/** Frames keep their order though judging one may take a look into the store. */
function judged(phone: WebSocket, engine: WebSocket, { guard, onMisconduct, onFailure }: Watch): void {
  let before = Promise.resolve();
  let waitingBytes = 0;
  carry(phone, engine, (data, binary) => {
    const text = String(data);
    waitingBytes += text.length;
    if (waitingBytes >= fullBytes) phone.pause();
    before = before
      .then(async () => {
        if (phone.readyState !== WebSocket.OPEN) return;
        const verdict = await guard.judge(text);
        if (verdict.kind === 'carry') send(phone, engine, data, binary);
        if (verdict.kind === 'answer') phone.send(verdict.text);
        if (verdict.kind === 'close') phone.close(closeCodes[verdict.why] ?? 4400, verdict.why);
        if ('why' in verdict) onMisconduct(verdict.why);
      })
      .catch((error: unknown) => {
        onFailure(error);
        phone.close(1011);
      })
      .finally(() => {
        waitingBytes -= text.length;
        if (phone.isPaused && engine.bufferedAmount < fullBytes) phone.resume();
      });
  });
}

function carry(from: WebSocket, to: WebSocket, take: (data: RawData, binary: boolean) => void): void {
  from.on('message', take);
  from.once('close', (code) => to.close(sendable(code) ? code : 1001));
  // 'close' follows every error (a frame too large, a reset) and ends the other side.
  from.on('error', () => from.terminate());
}

function send(from: WebSocket, to: WebSocket, data: RawData, binary: boolean): void {
  if (to.readyState !== WebSocket.OPEN) return;
  to.send(data, { binary }, () => {
    if (from.isPaused && to.bufferedAmount < fullBytes) from.resume();
  });
  if (to.bufferedAmount >= fullBytes) from.pause();
}

/** Codes that may be sent in a close frame: 1005 and 1006 only describe its absence. */
function sendable(code: number): boolean {
  return code === 1000 || code === 1001 || code === 1009 || (code >= 3000 && code < 5000);
}
