import { STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { refusalCodes } from '../../contracts/refusal.js';
import type { Refusal } from '../../kernel/refusal.js';

/** Whoever does not take the answer within this time is let go without it. */
const lingerMs = 2_000;

/** Answers an upgrade that is not granted, and closes its connection. */
export function refuseUpgrade(socket: Duplex, { code, details }: Refusal): void {
  const status = refusalCodes[code];
  const body = JSON.stringify({ code, details });
  const late = setTimeout(() => socket.destroy(), lingerMs);
  late.unref();
  socket.once('close', () => clearTimeout(late));
  socket.end(
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? 'Refused'}\r\nConnection: close\r\nCache-Control: no-store\r\n` +
      `Content-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
    () => socket.destroy(),
  );
}
