import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { RedisConnections } from '../platform/redis/redis-connections.js';
import { RedisScript } from '../platform/redis/redis-script.js';
import type { Stranger } from '../telephony/port/engine-event.js';
import { rememberedMs } from './domain/back-off.js';

export type Door = Stranger['over'];

const shutKey = (door: Door) => `edge:shut-out:${door}`;
const sameAttemptMs = 60_000;

/** KEYS attempt, failures; ARGV forget the attempt after, forget the failures after. 0: another process counted it. */
const countScript = new RedisScript(
  `if not redis.call('SET', KEYS[1], '1', 'NX', 'PX', ARGV[1]) then return 0 end
   local failures = redis.call('INCR', KEYS[2])
   redis.call('PEXPIRE', KEYS[2], ARGV[2])
   return failures`,
  z.number().int(),
);

/** Takes those that are due off the list, each for one process only. KEYS list; ARGV now. */
const dueScript = new RedisScript(
  `local due = redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', ARGV[1])
   for _, who in ipairs(due) do redis.call('ZREM', KEYS[1], who) end
   return due`,
  z.array(z.string()),
);

/**
 * Who failed how often and is shut out until when, by door: at the trunk an address, at the softphones' a holder of
 * accounts. In Redis, so that it holds for every process and over restarts.
 */
@Injectable()
export class StrangerLedger {
  constructor(private readonly redis: RedisConnections) {}

  /** Counts an attempt once; the failures of whose it was so far, or undefined when it was counted already. */
  async count(door: Door, who: string, attemptId: string): Promise<number | undefined> {
    const keys = [`edge:attempt:${attemptId}`, `edge:failures:${door}:${who}`];
    return (await this.redis.run(countScript, keys, [sameAttemptMs, rememberedMs])) || undefined;
  }

  async shutOut(door: Door, who: string, until: number): Promise<void> {
    await this.redis.shared.zadd(shutKey(door), until, who);
  }

  /** ms since the epoch; undefined: not shut out. */
  async shutUntil(door: Door, who: string): Promise<number | undefined> {
    const until = await this.redis.shared.zscore(shutKey(door), who);
    return until === null ? undefined : Number(until);
  }

  async allShutOut(door: Door): Promise<string[]> {
    return this.redis.shared.zrange(shutKey(door), '0', '-1');
  }

  /** Those whose time is over, taken off the list. */
  async takeDue(door: Door, now: number): Promise<string[]> {
    return this.redis.run(dueScript, [shutKey(door)], [now]);
  }
}
