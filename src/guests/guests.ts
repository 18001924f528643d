import { Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible';
import type { GuestAccount } from '../contracts/softphone.js';
import { type Cancel, Clock } from '../kernel/clock.js';
import { type Refusal, refuse } from '../kernel/refusal.js';
import { Config } from '../platform/config/config.js';
import { RedisConnections } from '../platform/redis/redis-connections.js';
import { SipDoors } from '../platform/sip-proxy/sip-doors.js';
import { TelephonyEngine } from '../telephony/port/engine.js';
import { type Guest, GuestStore } from './guest-store.js';

const lifeMs = 30 * 60_000;
/** A page that is not connected (not yet, or no longer) keeps its account this long. */
const absentMs = 30_000;
const sweepEveryMs = 10_000;

/** Web phones of customers: an account for one page that may call the service number, and nothing else, for half an hour. */
@Injectable()
export class Guests implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger(Guests.name);
  private readonly limiter: RateLimiterRedis;
  private cancelSweep: Cancel = () => {};
  /** Signalling connections here, by guest: a page that reconnects may open the next one before the last is seen closed. */
  private readonly connections = new Map<string, number>();

  constructor(
    private readonly store: GuestStore,
    private readonly engine: TelephonyEngine,
    private readonly config: Config,
    private readonly clock: Clock,
    private readonly doors: SipDoors,
    redis: RedisConnections,
  ) {
    this.limiter = new RateLimiterRedis({
      storeClient: redis.shared,
      keyPrefix: 'guests:address',
      points: config.guests.perAddress,
      duration: 600,
    });
  }

  onApplicationBootstrap(): void {
    this.doors.add(({ guestToken }) => this.admit(guestToken));
    this.doors.addOwner(async (holder, account) => {
      if (!holder.startsWith('guest:')) return false;
      return (await this.store.byId(holder.slice('guest:'.length)))?.deviceId === account;
    });
    this.engine.onEvent((event) => {
      if (event.kind !== 'engine.connected') return;
      this.provisionAll().catch((error: unknown) =>
        this.logger.warn({ msg: 'guests could not be told to the engine', err: error }),
      );
    });
    this.planSweep();
  }

  onApplicationShutdown(): void {
    this.cancelSweep();
  }

  /** Makes an account for a page at `address`. */
  async open(address: string): Promise<GuestAccount | Refusal> {
    const tooMany = await this.take(address);
    if (tooMany) return tooMany;
    const now = this.clock.now();
    const added = await this.store.add(now + lifeMs, now + absentMs, this.config.guests.atOnce);
    if (!added) return refuse('guest.too-many');
    const { guest, token } = added;
    try {
      await this.provision(guest);
    } catch (error) {
      await this.store.remove(guest.id);
      throw error;
    }
    return {
      deviceId: guest.deviceId,
      uri: `sip:${guest.deviceId}@sanling`,
      secret: guest.secret,
      socketPath: `/sip?guest=${token}`,
      serviceNumber: this.config.serviceNumber,
      expiresAt: new Date(guest.expiresAt).toISOString(),
    };
  }

  /** Takes back the accounts that are due. One that the engine cannot take back now stays due and holds up no other. */
  async sweep(): Promise<void> {
    for (const id of await this.store.overdue(this.clock.now())) {
      try {
        await this.takeBack(id);
      } catch (error) {
        this.logger.warn({ msg: 'a guest could not be taken back yet', guest: id, err: error });
      }
    }
  }

  private async takeBack(id: string): Promise<void> {
    const guest = await this.store.byId(id);
    if (guest && this.connections.has(id) && this.clock.now() < guest.expiresAt) {
      return this.store.postpone(id, guest.expiresAt);
    }
    if (guest) await this.engine.revokeDevice(guest.deviceId);
    await this.store.remove(id);
  }

  private async take(address: string): Promise<Refusal | undefined> {
    try {
      await this.limiter.consume(address);
      return undefined;
    } catch (error) {
      if (!(error instanceof RateLimiterRes)) throw error;
      return refuse('guest.too-many', { retryAfterSeconds: Math.ceil(error.msBeforeNext / 1_000) });
    }
  }

  private async admit(token: string | undefined) {
    if (token === undefined) return undefined;
    const guest = await this.store.byToken(token);
    if (!guest || guest.expiresAt <= this.clock.now()) return refuse('session.expired');
    const { id, expiresAt } = guest;
    return {
      holder: `guest:${id}`,
      // Guests dial, and the edge lets nobody dial.
      atNode: true,
      callsAtOnce: 1,
      // An expired guest's account is gone, but a call that began before may still say goodbye.
      stillValid: async () => this.clock.now() < expiresAt + lifeMs,
      opened: () => {
        this.connections.set(id, (this.connections.get(id) ?? 0) + 1);
        this.postpone(id, expiresAt);
      },
      closed: () => this.left(id, expiresAt),
    };
  }

  private left(id: string, expiresAt: number): void {
    const others = (this.connections.get(id) ?? 1) - 1;
    if (others > 0) this.connections.set(id, others);
    else {
      this.connections.delete(id);
      this.postpone(id, Math.min(expiresAt, this.clock.now() + absentMs));
    }
  }

  private postpone(id: string, deadline: number): void {
    this.store.postpone(id, deadline).catch((error: unknown) => {
      this.logger.warn({ msg: 'guest keeps its old deadline', err: error });
    });
  }

  private async provision({ deviceId, secret }: Guest): Promise<void> {
    const mayDial = [this.config.serviceNumber];
    await this.engine.provisionDevice({ deviceId, secret, displayName: 'Web phone', mayDial });
  }

  private async provisionAll(): Promise<void> {
    for (const id of await this.store.all()) {
      const guest = await this.store.byId(id);
      if (guest) await this.provision(guest);
    }
  }

  private planSweep(): void {
    this.cancelSweep = this.clock.at(this.clock.now() + sweepEveryMs, () => {
      this.sweep()
        .catch((error: unknown) => this.logger.warn({ msg: 'guests could not be taken back', err: error }))
        .finally(() => this.planSweep());
    });
  }
}
