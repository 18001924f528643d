import { Injectable } from '@nestjs/common';
import { RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible';
import type { Revealed, RevealWish } from '../contracts/call.js';
import { Audit } from '../identity/audit.js';
import { ReadingAudit } from '../identity/reading-audit.js';
import { type Actor, denyUnless } from '../kernel/actor.js';
import { type Refusal, refuse } from '../kernel/refusal.js';
import { Config } from '../platform/config/config.js';
import { RedisConnections } from '../platform/redis/redis-connections.js';
import { CallArchive } from './call-archive.js';
import { callScope } from './call-scope.js';
import { CustomerRecords } from './customer-records.js';

/** Showing a customer's number whole: an act with a name, a reason and a limit, on record before anything is shown. */
@Injectable()
export class NumberReveals {
  private readonly limiter: RateLimiterRedis;

  constructor(
    private readonly archive: CallArchive,
    private readonly customers: CustomerRecords,
    private readonly audit: Audit,
    private readonly readings: ReadingAudit,
    redis: RedisConnections,
    config: Config,
  ) {
    this.limiter = new RateLimiterRedis({
      storeClient: redis.shared,
      keyPrefix: 'number-reveals',
      points: config.customers.revealsPerHour,
      duration: 3_600,
    });
  }

  async reveal(actor: Actor, callId: string, { reason }: RevealWish): Promise<Revealed | Refusal> {
    const denied = denyUnless(actor, 'call.reveal-number');
    if (denied) return denied;
    if (!(await this.archive.holds(callId, callScope(actor, 'call.read-all')))) {
      await this.readings.refused(actor, `call:${callId}`, { wanted: 'number' });
      return refuse('call.not-found', { callId });
    }
    // Who talks with the customer has the reason before them.
    const why = reason ?? ((await this.customers.atDesk(callId, actor.personId)) ? 'at-desk' : undefined);
    if (why === undefined) return refuse('reveal.reason-missing');
    const tooMany = await this.take(actor);
    if (tooMany) return tooMany;
    await this.audit.write(actor, 'number.revealed', `call:${callId}`, { reason: why });
    return (await this.customers.ofCall(callId)) ?? refuse('call.not-found', { callId });
  }

  private async take(actor: Actor): Promise<Refusal | undefined> {
    try {
      await this.limiter.consume(actor.personId);
      return undefined;
    } catch (error) {
      if (!(error instanceof RateLimiterRes)) throw error;
      await this.readings.noted(actor, {
        action: 'number.refused',
        subject: `person:${actor.personId}`,
        details: { why: 'too-many' },
      });
      return refuse('reveal.too-many', { retryAfterSeconds: Math.ceil(error.msBeforeNext / 1_000) });
    }
  }
}
