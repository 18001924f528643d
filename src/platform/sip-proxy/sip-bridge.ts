import { type RawData, WebSocket } from 'ws';

/** Bytes waiting on one side before the other is told to pause. */
const fullBytes = 256 * 1024;
const pingEveryMs = 25_000;

/**
 * Carries frames between a softphone and the engine until either side closes; then closes the other. A side that does
 * not keep up makes the other wait. A softphone that answers no ping is gone (its network is) and is let go.
 */
export function bridge(phone: WebSocket, engine: WebSocket): void {
  carry(phone, engine);
  carry(engine, phone);
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

function carry(from: WebSocket, to: WebSocket): void {
  from.on('message', (data: RawData, binary: boolean) => {
    if (to.readyState !== WebSocket.OPEN) return;
    to.send(data, { binary }, () => {
      if (from.isPaused && to.bufferedAmount < fullBytes) from.resume();
    });
    if (to.bufferedAmount >= fullBytes) from.pause();
  });
  from.once('close', (code) => to.close(sendable(code) ? code : 1001));
  // 'close' follows every error (a frame too large, a reset) and ends the other side.
  from.on('error', () => from.terminate());
}

/** Codes that may be sent in a close frame: 1005 and 1006 only describe its absence. */
function sendable(code: number): boolean {
  return code === 1000 || code === 1001 || code === 1009 || (code >= 3000 && code < 5000);
}
