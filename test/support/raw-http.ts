import { readdirSync } from 'node:fs';
import { connect, type Socket } from 'node:net';

/** What a stranger's own program sends to a web server: any bytes, over a connection of its own. */
export interface Knock {
  /** The status of the first answer; undefined when the connection was closed without one. */
  status: number | undefined;
  text: string;
}

/**
 * Sends the bytes and waits until the server has closed the connection; `hangsUp` closes our side with the first answer.
 * Rejects when the server has not closed within `withinMs`.
 */
export function knock(
  url: string,
  bytes: string | Buffer,
  { withinMs = 8_000, hangsUp = false } = {},
): Promise<Knock> {
  return new Promise((resolve, reject) => {
    const socket = open(url);
    let text = '';
    const late = setTimeout(() => {
      socket.destroy();
      reject(new Error(`neither closed nor answered after ${withinMs} ms; heard: ${text.slice(0, 200)}`));
    }, withinMs);
    socket.setEncoding('latin1').on('data', (part) => {
      text += part;
      if (hangsUp) socket.end();
    });
    socket.once('close', () => {
      clearTimeout(late);
      const status = /^HTTP\/1\.1 (\d{3}) /.exec(text)?.[1];
      resolve({ status: status === undefined ? undefined : Number(status), text });
    });
    socket.write(bytes);
  });
}

/** A connection to the server, for whoever wants to hold it. */
export function open(url: string): Socket {
  const { hostname, port } = new URL(url);
  // A connection that is reset is closed as well.
  return connect({ host: hostname, port: Number(port) }).on('error', () => undefined);
}

/** The head of a request. */
export function head(first: string, headers: Readonly<Record<string, string>> = {}): string {
  const lines = Object.entries({ Host: '127.0.0.1', ...headers }).map(([name, value]) => `${name}: ${value}`);
  return `${[first, ...lines].join('\r\n')}\r\n\r\n`;
}

/** The headers of a browser's upgrade to a WebSocket. */
export const upgrading = {
  Connection: 'Upgrade',
  Upgrade: 'websocket',
  'Sec-WebSocket-Version': '13',
  'Sec-WebSocket-Key': 'dGhlIHNhbXBsZSBub25jZQ==',
};

/** How many files and sockets this process has open. */
export function openDescriptors(): number {
  return readdirSync('/proc/self/fd').length;
}

/** Does the same so many times, not more than fifty at once. */
export async function manyTimes<T>(times: number, what: (n: number) => Promise<T>): Promise<T[]> {
  const done: T[] = [];
  for (let first = 0; first < times; first += 50) {
    const some = Array.from({ length: Math.min(50, times - first) }, (_, n) => what(first + n));
    done.push(...(await Promise.all(some)));
  }
  return done;
}
