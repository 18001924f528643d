import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible';
import type { AuditAction } from '../contracts/rest.js';
import type { Actor } from '../kernel/actor.js';
import { RedisConnections } from '../platform/redis/redis-connections.js';
import { Audit } from './audit.js';

/** A pause longer than this makes it another reading. */
const pauseMs = 30 * 60_000;
/** Whoever is refused more often is on record already. */
const refusedPerHour = 60;

/** What somebody reads, or wanted to. */
export interface Reading {
  action: AuditAction;
  subject: string;
  details?: Readonly<Record<string, unknown>>;
  /** What makes it another reading, where `details` do not show all of it. */
  distinct?: string;
}

/**
 * Notes who read what of customers' data. Pages look again by themselves and players ask in many ranges: one entry a
 * session and thing, until the person has been away from it for a while. When it cannot be noted there is nothing to read.
 */
@Injectable()
export class ReadingAudit {
  private readonly refusals: RateLimiterRedis;

  constructor(
    private readonly redis: RedisConnections,
    private readonly audit: Audit,
  ) {
    this.refusals = new RateLimiterRedis({
      storeClient: redis.shared,
      keyPrefix: 'reading:refused',
      points: refusedPerHour,
      duration: 3_600,
    });
  }

  /** True when this reading goes on: it is noted already. */
  async goesOn(actor: Actor, reading: Reading): Promise<boolean> {
    return (await this.redis.shared.exists(keyOf(actor, reading))) === 1;
  }

  async noted(actor: Actor, reading: Reading): Promise<void> {
    const key = keyOf(actor, reading);
    const first = await this.redis.shared.set(key, '1', 'PX', pauseMs, 'NX');
    if (!first) {
      await this.redis.shared.pexpire(key, pauseMs);
      return;
    }
    try {
      await this.audit.write(actor, reading.action, reading.subject, reading.details);
    } catch (error) {
      await this.redis.shared.del(key);
      throw error;
    }
  }

  /** Notes a reading that was refused, so often an hour and person. */
  async refused(actor: Actor, subject: string, details: Reading['details'] = {}): Promise<void> {
    const reading: Reading = { action: 'read.refused', subject, details };
    if (await this.goesOn(actor, reading)) return;
    try {
      await this.refusals.consume(actor.personId);
    } catch (error) {
      if (!(error instanceof RateLimiterRes)) throw error;
      return;
    }
    await this.noted(actor, reading);
  }
}

function keyOf({ sessionId }: Actor, { action, subject, details = {}, distinct = '' }: Reading): string {
  const what = JSON.stringify([action, subject, details, distinct]);
  return `reading:${sessionId}:${createHash('sha256').update(what).digest('base64url')}`;
}
