import { Injectable } from '@nestjs/common';
import { RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible';
import { type Refusal, refuse } from '../kernel/refusal.js';
import { RedisConnections } from '../platform/redis/redis-connections.js';

const windowSeconds = 300;

/**
 * How often a sign-in may fail: a few times for one login from one address; more often for a login from anywhere (so
 * that a stranger cannot easily lock somebody out), and for an address over all logins. An attempt counts before its
 * password is looked at, and is given back when it succeeds.
 */
@Injectable()
export class SignInLimits {
  private readonly limiters: { limiter: RateLimiterRedis; key: (login: string, address: string) => string }[];

  constructor(redis: RedisConnections) {
    const limiter = (keyPrefix: string, points: number) =>
      new RateLimiterRedis({ storeClient: redis.shared, keyPrefix, points, duration: windowSeconds });
    this.limiters = [
      { limiter: limiter('sign-in:pair', 8), key: (login, address) => `${login}|${address}` },
      { limiter: limiter('sign-in:login', 40), key: (login) => login },
      { limiter: limiter('sign-in:address', 60), key: (_login, address) => address },
    ];
  }

  /** Counts an attempt; a refusal with the seconds to wait when there were too many. */
  async take(login: string, address: string): Promise<Refusal | undefined> {
    for (const { limiter, key } of this.limiters) {
      try {
        await limiter.consume(key(login, address));
      } catch (error) {
        // The limiter rejects with its result when the points are used up, with an Error when Redis fails.
        if (!(error instanceof RateLimiterRes)) throw error;
        return refuse('request.too-many', { retryAfterSeconds: Math.ceil(error.msBeforeNext / 1_000) });
      }
    }
    return undefined;
  }

  async giveBack(login: string, address: string): Promise<void> {
    for (const { limiter, key } of this.limiters) await limiter.reward(key(login, address));
  }
}
