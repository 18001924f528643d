import { Injectable } from '@nestjs/common';
import { RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible';
import { digitsOf } from '../dialling/domain/normalise.js';
import { ReadingAudit } from '../identity/reading-audit.js';
import { type Actor, denyUnless } from '../kernel/actor.js';
import { maskedNumber, shortestCustomerNumber } from '../kernel/masking.js';
import { type Refusal, refuse } from '../kernel/refusal.js';
import { Config } from '../platform/config/config.js';
import { RedisConnections } from '../platform/redis/redis-connections.js';

/**
 * Asking for the calls of a number. A masked number could be guessed by asking for one that begins alike, or for all that
 * fit: so a number is asked for whole, only so many different ones an hour, and each is on record.
 */
@Injectable()
export class NumberSearch {
  private readonly limiter: RateLimiterRedis;

  constructor(
    redis: RedisConnections,
    private readonly readings: ReadingAudit,
    config: Config,
  ) {
    this.limiter = new RateLimiterRedis({
      storeClient: redis.shared,
      keyPrefix: 'number-search',
      points: config.customers.searchesPerHour,
      duration: 3_600,
    });
  }

  /** The number to look for, when this person may. */
  async admit(actor: Actor, typed: string, filter: object): Promise<string | Refusal> {
    const shown = maskedNumber(digitsOf(typed) ?? '');
    const denied = denyUnless(actor, 'call.search-number');
    if (denied) {
      await this.readings.refused(actor, 'calls', { number: shown });
      return denied;
    }
    const number = digitsOf(typed);
    if (number === undefined || number.length < shortestCustomerNumber)
      return refuse('search.number-incomplete', { shortest: shortestCustomerNumber });
    const reading = {
      action: 'call.searched',
      subject: 'calls',
      details: { ...filter, number: shown },
      distinct: number,
    } as const;
    const tooMany = (await this.readings.goesOn(actor, reading)) ? undefined : await this.take(actor, shown);
    if (tooMany) return tooMany;
    await this.readings.noted(actor, reading);
    return number;
  }

  private async take(actor: Actor, shown: string): Promise<Refusal | undefined> {
    try {
      await this.limiter.consume(actor.personId);
      return undefined;
    } catch (error) {
      if (!(error instanceof RateLimiterRes)) throw error;
      await this.readings.refused(actor, 'calls', { number: shown, why: 'too-many' });
      return refuse('search.too-many', { retryAfterSeconds: Math.ceil(error.msBeforeNext / 1_000) });
    }
  }
}
