import type { IncomingMessage } from 'node:http';
import { Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import { type WebSocket, WebSocketServer } from 'ws';
import { may } from '../../kernel/actor.js';
import { type Cancel, Clock } from '../../kernel/clock.js';
import { isRefusal, type Refusal, refuse } from '../../kernel/refusal.js';
import { Announcements } from '../announcements/announcements.js';
import { Config } from '../config/config.js';
import { HealthChecks } from '../health/health-checks.js';
import { clientAddress, type Trust } from '../http/client-address.js';
import type { Upgrade } from '../http/front-door.js';
import type { RequestTarget } from '../http/request-target.js';
import { refuseUpgrade } from '../http/upgrade-refusal.js';
import { offeredProtocols } from '../http/websocket-handshake.js';
import { type EngineLine, reachEngine } from './engine-line.js';
import { OwnCalls } from './own-calls.js';
import { bridge } from './sip-bridge.js';
import { SipDoors, type SipPass } from './sip-doors.js';
import { type Misconduct, SipGuard } from './sip-guard.js';
import { largestFrameBytes } from './sip-head.js';
import { SipPlaces } from './sip-places.js';
import { watchWaiting } from './waiting-socket.js';

const reviewEveryMs = 30_000;
/** From the knock until the phone is let in: the stores and the engine are asked meanwhile. */
const admittedWithinMs = 10_000;

interface Connection {
  readonly pass: SipPass;
  /** Of all the holder's connections. */
  readonly calls: OwnCalls;
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
  private readonly connected = new Map<WebSocket, Connection>();
  private readonly places: SipPlaces;
  private cancelReview: Cancel = () => {};
  private readonly ownAddresses = new Set<string>();
  private trusts: Trust = () => false;
  private readonly server = new WebSocketServer({
    noServer: true,
    maxPayload: largestFrameBytes,
    perMessageDeflate: false,
    handleProtocols: (offered) => (offered.has('sip') ? 'sip' : false),
  });

  constructor(
    private readonly config: Config,
    private readonly doors: SipDoors,
    private readonly clock: Clock,
    announcements: Announcements,
    checks: HealthChecks,
  ) {
    this.places = new SipPlaces(config.doors.softphoneConnections);
    checks.watch('signalling', async () => ({ used: this.places.taken, most: this.places.most }));
    announcements.on('session.gone', ({ sessionId }) => this.closeHolder(`session:${sessionId}`));
    // Beside that, for a database whose news do not come at the moment.
    announcements.on('session.closed', ({ sessionId }) => this.closeHolder(`session:${sessionId}`));
    announcements.on('rights.changed', ({ personId, standing }) => {
      if (!standing || !may(standing, 'call.handle')) this.closePerson(personId);
    });
  }

  /** From now on upgrades may be handed in. `trusts` says which proxies are believed about who asks. */
  open(trusts: Trust): void {
    this.trusts = trusts;
    this.planReview();
  }

  /** Lets a softphone in, or says why not. */
  readonly take = (upgrade: Upgrade): void => {
    this.admitAndCarry(upgrade).catch((error: unknown) => {
      this.logger.error({ msg: 'softphone could not be connected', err: error });
      refuseUpgrade(upgrade.socket, refuse('service.unavailable'));
    });
  };

  onApplicationShutdown(): void {
    this.cancelReview();
    for (const socket of this.connected.keys()) socket.close(1001);
    this.server.close();
  }

  /** Closes every connection of the holder. */
  closeHolder(holder: string, code = 4401, why = 'session ended'): void {
    for (const [socket, { pass }] of this.connected) if (pass.holder === holder) socket.close(code, why);
  }

  private closePerson(personId: string): void {
    for (const [socket, { pass }] of this.connected)
      if (pass.personId === personId) socket.close(4401, 'session ended');
  }

  /** Whose signalling reaches the engine from this port of ours, and the phone's address; undefined: nobody's here. */
  speakerAt(enginePort: number): { holder: string; address: string } | undefined {
    const found = [...this.connected.values()].find((one) => one.enginePort === enginePort);
    return found && { holder: found.pass.holder, address: found.address };
  }

  /** Whether the engine sees softphones come from this address of ours. */
  speaksFrom(address: string): boolean {
    return this.ownAddresses.has(address);
  }

  private async admitAndCarry({ request, socket, head, target }: Upgrade): Promise<void> {
    const waiting = watchWaiting(socket, admittedWithinMs);
    const address = clientAddress(request, this.trusts);
    const pass = await this.admit(request, target);
    if (isRefusal(pass)) return refuseUpgrade(socket, pass);
    const engine = await this.reach(pass, waiting.gone);
    if (isRefusal(engine)) return refuseUpgrade(socket, engine);
    const late = await this.lateRefusal(pass);
    if (late) {
      engine.socket.terminate();
      return refuseUpgrade(socket, late);
    }
    waiting.handOn();
    // Not called for a phone that has gone at this very moment.
    let phone: WebSocket | undefined;
    this.server.handleUpgrade(request, socket, head, (opened) => {
      phone = opened;
    });
    if (phone)
      this.carry(phone, engine, { pass, calls: this.callsOf(pass), address, enginePort: engine.port });
    else engine.socket.terminate();
  }

  private carry(phone: WebSocket, engine: EngineLine, connection: Connection): void {
    const { pass, calls, address } = connection;
    this.connected.set(phone, connection);
    pass.opened?.();
    phone.once('close', () => {
      this.connected.delete(phone);
      pass.closed?.();
    });
    bridge(phone, engine.socket, this.watch(pass, calls, address));
  }

  private callsOf({ holder, callsAtOnce = 0 }: SipPass): OwnCalls {
    const another = [...this.connected.values()].find(({ pass }) => pass.holder === holder);
    return another?.calls ?? new OwnCalls(callsAtOnce);
  }

  private watch({ holder }: SipPass, calls: OwnCalls, address: string) {
    return {
      guard: new SipGuard(
        (account) => this.doors.owns(holder, account),
        () => this.clock.now(),
        calls,
      ),
      onMisconduct: (why: Misconduct) =>
        this.logger.warn({ msg: 'softphone signalling refused', why, address, holder }),
      onFailure: (error: unknown) =>
        this.logger.error({ msg: 'softphone signalling could not be judged', holder, err: error }),
    };
  }

  private async admit(request: IncomingMessage, { query }: RequestTarget): Promise<SipPass | Refusal> {
    if (!offeredProtocols(request)?.includes('sip')) return refuse('request.malformed');
    const pass = await this.doors.admit({
      cookieHeader: request.headers.cookie,
      guestToken: query.get('guest') ?? undefined,
    });
    return isRefusal(pass) ? pass : ((await this.shutOut(pass)) ?? pass);
  }

  private async shutOut({ holder }: SipPass): Promise<Refusal | undefined> {
    const waitMs = await this.doors.waitOf(holder);
    if (waitMs <= 0) return undefined;
    return refuse('request.too-many', { retryAfterSeconds: Math.ceil(waitMs / 1_000) });
  }

  /** What ended while the engine was being reached found nothing of this phone's to close. */
  private async lateRefusal(pass: SipPass): Promise<Refusal | undefined> {
    return (await pass.stillValid()) ? this.shutOut(pass) : refuse('session.expired');
  }

  /** An open connection to the engine, which keeps its place until it is closed. */
  private async reach({ holder, atNode }: SipPass, gone: AbortSignal): Promise<EngineLine | Refusal> {
    if (gone.aborted) return refuse('engine.unavailable');
    const leave = this.places.take(holder);
    if (isRefusal(leave)) return leave;
    const { edge, sipWebSocketUrl } = this.config.asterisk;
    try {
      const line = await reachEngine(edge && !atNode ? edge.webSocketUrl : sipWebSocketUrl, gone);
      line.socket.once('close', leave);
      if (line.address) this.ownAddresses.add(line.address);
      return line;
    } catch (error) {
      leave();
      if (!gone.aborted)
        this.logger.warn(`telephony engine's signalling cannot be reached: ${reason(error)}`);
      return refuse('engine.unavailable');
    }
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
    for (const [socket, { pass }] of [...this.connected]) {
      if (!(await pass.stillValid())) socket.close(4401, 'session ended');
    }
  }
}

function reason(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
