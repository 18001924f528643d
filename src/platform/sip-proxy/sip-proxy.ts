import { type IncomingMessage, type Server, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import { WebSocket, WebSocketServer } from 'ws';
import { refusalCodes } from '../../contracts/refusal.js';
import { may } from '../../kernel/actor.js';
import { type Cancel, Clock } from '../../kernel/clock.js';
import { isRefusal, type Refusal, refuse } from '../../kernel/refusal.js';
import { Announcements } from '../announcements/announcements.js';
import { Config } from '../config/config.js';
import { clientAddress, type Trust } from '../http/client-address.js';
import { sameOrigin } from '../http/origin.js';
import { bridge } from './sip-bridge.js';
import { SipDoors, type SipPass } from './sip-doors.js';
import { type Misconduct, SipGuard } from './sip-guard.js';

const path = '/sip';
/** A SIP message with a large SDP is a few kB. */
const maxFrameBytes = 64 * 1024;
const perHolder = 4;
const reviewEveryMs = 30_000;

interface Connection {
  readonly pass: SipPass;
  /** The phone's. */
  readonly address: string;
  /** The port of ours that the engine sees this phone's signalling come from. */
  readonly enginePort: number;
}

/**
 * The signalling of softphones: a WebSocket on our own origin and port, carried to the engine frame by frame. What may
 * be dialled is the engine's business; here it is decided who may speak at all, and under which name.
 */
@Injectable()
export class SipProxy implements OnApplicationShutdown {
  private readonly logger = new Logger(SipProxy.name);
  private readonly open = new Map<WebSocket, Connection>();
  private cancelReview: Cancel = () => {};
  private readonly ownAddresses = new Set<string>();
  private trusts: Trust = () => false;
  private readonly server = new WebSocketServer({
    noServer: true,
    maxPayload: maxFrameBytes,
    perMessageDeflate: false,
    handleProtocols: (offered) => (offered.has('sip') ? 'sip' : false),
  });

  constructor(
    private readonly config: Config,
    private readonly doors: SipDoors,
    private readonly clock: Clock,
    announcements: Announcements,
  ) {
    announcements.on('session.gone', ({ sessionId }) => this.closeHolder(`session:${sessionId}`));
    // Beside that, for a database whose news do not come at the moment.
    announcements.on('session.closed', ({ sessionId }) => this.closeHolder(`session:${sessionId}`));
    announcements.on('rights.changed', ({ personId, standing }) => {
      if (!standing || !may(standing, 'call.handle')) this.closePerson(personId);
    });
  }

  /**
   * Takes the upgrades of `/sip` on the server; other paths but socket.io's are refused. `trusts` says which proxies are
   * believed about who asks.
   */
  attach(server: Server, trusts: Trust): void {
    this.trusts = trusts;
    server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
      const { pathname } = new URL(request.url ?? '/', 'http://localhost');
      if (pathname.startsWith('/socket.io')) return;
      if (pathname !== path) return reject(socket, refuse('request.not-found'));
      socket.on('error', () => socket.destroy());
      this.take(request, socket, head).catch((error: unknown) => {
        this.logger.error({ msg: 'softphone could not be connected', err: error });
        reject(socket, refuse('service.unavailable'));
      });
    });
    this.planReview();
  }

  onApplicationShutdown(): void {
    this.cancelReview();
    for (const socket of this.open.keys()) socket.close(1001);
    this.server.close();
  }

  /** Closes every connection of the holder. */
  closeHolder(holder: string): void {
    for (const [socket, { pass }] of this.open)
      if (pass.holder === holder) socket.close(4401, 'session ended');
  }

  private closePerson(personId: string): void {
    for (const [socket, { pass }] of this.open)
      if (pass.personId === personId) socket.close(4401, 'session ended');
  }

  /** The address of the softphone whose signalling reaches the engine from this port of ours; undefined: none here. */
  addressAt(enginePort: number): string | undefined {
    return [...this.open.values()].find((one) => one.enginePort === enginePort)?.address;
  }

  /** Whether the engine sees softphones come from this address of ours. */
  speaksFrom(address: string): boolean {
    return this.ownAddresses.has(address);
  }

  /** Closes every connection from this address. */
  closeAddress(address: string): void {
    for (const [socket, one] of this.open) if (one.address === address) socket.close(4429, 'shut out');
  }

  private async take(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
    const pass = await this.admit(request);
    if (isRefusal(pass)) return reject(socket, pass);
    const engine = await this.reachEngine(pass);
    if (!engine) return reject(socket, refuse('engine.unavailable'));
    if (socket.destroyed) return engine.socket.close(1001);
    const address = clientAddress(request, this.trusts);
    this.server.handleUpgrade(request, socket, head, (phone) => {
      this.open.set(phone, { pass, address, enginePort: engine.port });
      pass.opened?.();
      phone.once('close', () => {
        this.open.delete(phone);
        pass.closed?.();
      });
      bridge(phone, engine.socket, this.watch(pass, address));
    });
  }

  private watch({ holder }: SipPass, address: string) {
    return {
      guard: new SipGuard(
        (account) => this.doors.owns(holder, account),
        () => this.clock.now(),
      ),
      onMisconduct: (why: Misconduct) =>
        this.logger.warn({ msg: 'softphone signalling refused', why, address, holder }),
      onFailure: (error: unknown) =>
        this.logger.error({ msg: 'softphone signalling could not be judged', holder, err: error }),
    };
  }

  private async admit(request: IncomingMessage): Promise<SipPass | Refusal> {
    if (!sameOrigin(request)) return refuse('session.origin');
    const offered = request.headers['sec-websocket-protocol']?.split(',').map((one) => one.trim());
    if (!offered?.includes('sip')) return refuse('request.malformed');
    const waitMs = await this.doors.waitOf(clientAddress(request, this.trusts));
    if (waitMs > 0) return refuse('request.too-many', { retryAfterSeconds: Math.ceil(waitMs / 1_000) });
    const { searchParams } = new URL(request.url ?? '/', 'http://localhost');
    const pass = await this.doors.admit({
      cookieHeader: request.headers.cookie,
      guestToken: searchParams.get('guest') ?? undefined,
    });
    if (isRefusal(pass)) return pass;
    const held = [...this.open.values()].filter((other) => other.pass.holder === pass.holder).length;
    return held >= perHolder ? refuse('request.too-many') : pass;
  }

  /** An open connection to the engine, or undefined when it cannot be reached. */
  private async reachEngine({ atNode }: SipPass): Promise<{ socket: WebSocket; port: number } | undefined> {
    const { edge, sipWebSocketUrl } = this.config.asterisk;
    const url = edge && !atNode ? edge.webSocketUrl : sipWebSocketUrl;
    const engine = new WebSocket(url, 'sip', {
      handshakeTimeout: 4_000,
      maxPayload: maxFrameBytes,
      perMessageDeflate: false,
    });
    return new Promise((resolve) => {
      let port = 0;
      engine.once('upgrade', ({ socket }) => {
        port = socket.localPort ?? 0;
        if (socket.localAddress) this.ownAddresses.add(socket.localAddress);
      });
      engine.once('open', () => resolve({ socket: engine, port }));
      engine.once('error', (error) => {
        this.logger.warn(`telephony engine's signalling cannot be reached: ${error.message}`);
        resolve(undefined);
      });
    });
  }

  private planReview(): void {
    this.cancelReview = this.clock.at(this.clock.now() + reviewEveryMs, () => {
      this.review()
        .catch((error: unknown) => this.logger.warn({ msg: 'softphones could not be reviewed', err: error }))
        .finally(() => this.planReview());
    });
  }

  /** Closes the connections whose holder may no longer speak. */
  async review(): Promise<void> {
    for (const [socket, { pass }] of [...this.open]) {
      if (!(await pass.stillValid())) socket.close(4401, 'session ended');
    }
  }
}

function reject(socket: Duplex, { code }: Refusal): void {
  const status = refusalCodes[code];
  const body = JSON.stringify({ code, details: {} });
  socket.end(
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? 'Refused'}\r\nConnection: close\r\n` +
      `Content-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
    () => socket.destroy(),
  );
}
