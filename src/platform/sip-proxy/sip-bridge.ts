import { type RawData, WebSocket } from 'ws';
import type { Misconduct, SipGuard } from './sip-guard.js';

/** Bytes waiting on one side before the other is told to pause. */
const fullBytes = 256 * 1024;
const pingEveryMs = 25_000;
/** A phone that is told that it is over has this long to say goodbye. */
const goodbyeMs = 1_000;
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
 * sends is counted and judged first. A side that does not keep up makes the other wait. A softphone that answers no ping
 * is gone (its network is) and is let go.
 */
export function bridge(phone: WebSocket, engine: WebSocket, watch: Watch): void {
  judged(phone, engine, watch);
  carry(engine, phone, (data, binary) => {
    watch.guard.heard(String(data));
    send(engine, phone, data, binary);
  });
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
function judged(phone: WebSocket, engine: WebSocket, watch: Watch): void {
  let before = Promise.resolve();
  let waitingBytes = 0;
  /** Every frame costs, those without words too: pings are answered by the socket itself. */
  const counted = (): boolean => {
    if (phone.readyState !== WebSocket.OPEN) return false;
    if (watch.guard.counts()) return true;
    dismiss(phone, 'too-many', watch);
    return false;
  };
  phone.on('ping', counted);
  phone.on('pong', counted);
  carry(phone, engine, (data, binary) => {
    if (!counted()) return;
    // Our phones write text, which the socket has seen to be whole. Other bytes would be judged as what they are not.
    if (binary) return dismiss(phone, 'malformed', watch);
    const text = String(data);
    waitingBytes += text.length;
    if (waitingBytes >= fullBytes) phone.pause();
    before = before
      .then(() => judge(text, phone, engine, watch))
      .catch((error: unknown) => {
        watch.onFailure(error);
        phone.close(1011);
      })
      .finally(() => {
        waitingBytes -= text.length;
        if (phone.isPaused && engine.bufferedAmount < fullBytes) phone.resume();
      });
  });
}

async function judge(text: string, phone: WebSocket, engine: WebSocket, watch: Watch): Promise<void> {
  if (phone.readyState !== WebSocket.OPEN) return;
  const verdict = await watch.guard.judge(text);
  if (verdict.kind === 'carry') send(phone, engine, text, false);
  if (verdict.kind === 'close') dismiss(phone, verdict.why, watch);
  if (verdict.kind !== 'answer') return;
  phone.send(verdict.text);
  watch.onMisconduct(verdict.why);
}

/** Closes the connection, once; a phone that does not go by itself then is cut off. */
function dismiss(phone: WebSocket, why: Misconduct, { onMisconduct }: Watch): void {
  if (phone.readyState !== WebSocket.OPEN) return;
  onMisconduct(why);
  phone.close(closeCodes[why] ?? 4400, why);
  const cut = setTimeout(() => phone.terminate(), goodbyeMs);
  cut.unref();
  phone.once('close', () => clearTimeout(cut));
}

function carry(from: WebSocket, to: WebSocket, take: (data: RawData, binary: boolean) => void): void {
  from.on('message', take);
  from.once('close', (code) => to.close(sendable(code) ? code : 1001));
  // 'close' follows every error (a frame too large, a reset) and ends the other side.
  from.on('error', () => from.terminate());
}

function send(from: WebSocket, to: WebSocket, data: RawData | string, binary: boolean): void {
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
