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

/** Takes the addresses that are due off the list, each for one process only. KEYS list; ARGV now. */
const dueScript = new RedisScript(
  `local due = redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', ARGV[1])
   for _, address in ipairs(due) do redis.call('ZREM', KEYS[1], address) end
   return due`,
  z.array(z.string()),
);

/** Failures by address and who is shut out until when: in Redis, so that it holds for every process and over restarts. */
@Injectable()
export class StrangerLedger {
  constructor(private readonly redis: RedisConnections) {}

  /** Counts an attempt once; the failures of its address so far, or undefined when it was counted already. */
  async count(door: Door, address: string, attemptId: string): Promise<number | undefined> {
    const keys = [`edge:attempt:${attemptId}`, `edge:failures:${door}:${address}`];
    return (await this.redis.run(countScript, keys, [sameAttemptMs, rememberedMs])) || undefined;
  }

  async shutOut(door: Door, address: string, until: number): Promise<void> {
    await this.redis.shared.zadd(shutKey(door), until, address);
  }

  /** ms since the epoch; undefined: the address is not shut out. */
  async shutUntil(door: Door, address: string): Promise<number | undefined> {
    const until = await this.redis.shared.zscore(shutKey(door), address);
    return until === null ? undefined : Number(until);
  }

  async allShutOut(door: Door): Promise<string[]> {
    return this.redis.shared.zrange(shutKey(door), '0', '-1');
  }

  /** Addresses whose time is over, taken off the list. */
  async takeDue(door: Door, now: number): Promise<string[]> {
    return this.redis.run(dueScript, [shutKey(door)], [now]);
  }
}
