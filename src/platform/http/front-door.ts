import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { type Refusal, refuse } from '../../kernel/refusal.js';
import { sameOrigin } from './origin.js';
import { type RequestTarget, readTarget } from './request-target.js';
import { refuseUpgrade } from './upgrade-refusal.js';
import { isHandshake } from './websocket-handshake.js';

/** A WebSocket that is asked for by our own page at an address of ours; whoever takes it answers and closes it. */
export interface Upgrade {
  readonly request: IncomingMessage;
  readonly socket: Duplex;
  readonly head: Buffer;
  readonly target: RequestTarget;
}
export type TakeUpgrade = (upgrade: Upgrade) => void;

/**
 * The first that a request meets, before Express and socket.io: these read targets and headers each in its own way, and
 * what they throw in a listener of the server would end the process. Nothing passes that one of them could stumble over,
 * and every upgrade has one owner, by its exact path. Call it when everything else listens.
 */
export function putFrontDoor(server: Server, upgrades: ReadonlyMap<string, TakeUpgrade>): void {
  const behind = server.listeners('request');
  server.removeAllListeners('request').removeAllListeners('upgrade');
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    if (!targetOf(request)) return refuseRequest(response);
    for (const listener of behind) listener.call(server, request, response);
  });
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    // The HTTP server has let go of it: from here on nobody else hears its errors.
    socket.on('error', () => socket.destroy());
    const found = ownerOf(request, upgrades);
    if ('take' in found) found.take({ request, socket, head, target: found.target });
    else refuseUpgrade(socket, found);
  });
  server.on('connect', (_request, socket: Duplex) => {
    socket.on('error', () => socket.destroy());
    refuseUpgrade(socket, refuse('request.malformed'));
  });
}

function ownerOf(
  request: IncomingMessage,
  upgrades: ReadonlyMap<string, TakeUpgrade>,
): { take: TakeUpgrade; target: RequestTarget } | Refusal {
  const target = targetOf(request);
  if (!target) return refuse('request.malformed');
  const take = upgrades.get(target.path);
  if (!take) return refuse('request.not-found');
  if (!isHandshake(request)) return refuse('request.malformed');
  return sameOrigin(request) ? { take, target } : refuse('session.origin');
}

/** Undefined as well when it is not clear whose host is meant (RFC 9112, section 3.2). */
function targetOf(request: IncomingMessage): RequestTarget | undefined {
  const hosts = request.headersDistinct.host?.length ?? 0;
  return hosts > 1 ? undefined : readTarget(request.url);
}

function refuseRequest(response: ServerResponse): void {
  const { code, details } = refuse('request.malformed', {
    issues: [{ path: 'target', code: 'invalid_format' }],
  });
  response
    .writeHead(400, { 'Content-Type': 'application/json', 'Cache-Control': 'no-store', Connection: 'close' })
    .end(JSON.stringify({ code, details }));
}
