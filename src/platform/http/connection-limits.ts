import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import { Logger } from '@nestjs/common';
import type { Trust } from './client-address.js';

export interface ConnectionLimits {
  readonly inAll: number;
  readonly perAddress: number;
  /** Proxies bring everybody's connections: theirs are not counted by address. */
  readonly isProxy: Trust;
}

/** A head comes in one piece, or from somebody who means to hold the connection. */
const headWithinMs = 10_000;
/** An announcement of the largest kind over a slow line. */
const requestWithinMs = 120_000;
const idleMs = 5_000;
/** Of a connection that neither asks nor takes its answer. */
const stillMs = 120_000;
const lookEveryMs = 1_000;
const tellEveryMs = 60_000;

/**
 * How many connections there may be, and for how long one may do nothing. What is too much is closed before a byte of it
 * is read. Call it before the server listens.
 */
export function limitConnections(server: Server, { inAll, perAddress, isProxy }: ConnectionLimits): void {
  server.maxConnections = inAll;
  server.headersTimeout = headWithinMs;
  server.requestTimeout = requestWithinMs;
  server.keepAliveTimeout = idleMs;
  server.timeout = stillMs;
  // Of `createServer`'s options, which are not ours to give: read when the server begins to listen.
  Object.assign(server, { connectionsCheckingInterval: lookEveryMs });
  const tell = teller();
  server.on('drop', () => tell('in all'));
  const open = new Map<string, number>();
  server.on('connection', (socket: Socket) => {
    const { remoteAddress } = socket;
    if (remoteAddress === undefined) return socket.destroy();
    if (isProxy(remoteAddress, 0)) return;
    const network = networkOf(remoteAddress);
    const others = open.get(network) ?? 0;
    if (others >= perAddress) {
      tell('of one address', network);
      return socket.destroy();
    }
    open.set(network, others + 1);
    socket.once('close', () => {
      const left = (open.get(network) ?? 1) - 1;
      if (left > 0) open.set(network, left);
      else open.delete(network);
    });
  });
}

/** Logs that connections are too many, once in a while: there may be thousands a second. */
function teller(): (which: string, address?: string) => void {
  const logger = new Logger('Connections');
  let quietUntil = 0;
  return (which, address) => {
    if (Date.now() < quietUntil) return;
    quietUntil = Date.now() + tellEveryMs;
    logger.warn({ msg: 'too many connections: more are closed', which, address });
  };
}

/** Whoever has one IPv6 address has its whole /64. */
export function networkOf(address: string): string {
  if (!address.includes(':') || address.includes('.')) return address.replace(/^.*:/, '');
  const [before = '', after] = address.split('%', 1)[0]?.split('::') ?? [];
  const first = before.split(':').filter((group) => group !== '');
  const last = after?.split(':').filter((group) => group !== '') ?? [];
  const zeros = after === undefined ? [] : Array<string>(8 - first.length - last.length).fill('0');
  return `${[...first, ...zeros, ...last].slice(0, 4).join(':')}::/64`;
}
