import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { Clock } from '../kernel/clock.js';
import { type Refusal, refuse } from '../kernel/refusal.js';
import { Config } from '../platform/config/config.js';
import { RedisConnections } from '../platform/redis/redis-connections.js';
import { RedisScript } from '../platform/redis/redis-script.js';
import { type Place, rememberedMs, type Tally, talliesOf, waitLadder } from './domain/guessing.js';

/**
 * Counts an attempt, before its password is looked at, unless it has to wait. KEYS tallies; ARGV now, how long they are
 * remembered, the free failures and whether it shuts (1) of each tally, the ladder of waits. Returns how long it has to
 * wait (0: it was counted), and for how long the tallies that do not shut are over their measure.
 */
const takeScript = new RedisScript(
  `
local now = tonumber(ARGV[1])
local shut, slow = 0, 0
for i, key in ipairs(KEYS) do
  local left = tonumber(redis.call('HGET', key, 'until') or '0') - now
  if left > 0 and ARGV[2 * i + 2] == '1' then shut = math.max(shut, left) end
  if left > 0 and ARGV[2 * i + 2] == '0' then slow = math.max(slow, left) end
end
if shut > 0 then return {shut, slow} end
local first = 2 * #KEYS + 3
for i, key in ipairs(KEYS) do
  local over = redis.call('HINCRBY', key, 'failures', 1) - tonumber(ARGV[2 * i + 1])
  if over >= 0 then redis.call('HSET', key, 'until', now + tonumber(ARGV[math.min(first + over, #ARGV)])) end
  redis.call('PEXPIRE', key, ARGV[2])
end
return {0, slow}`,
  z.tuple([z.number(), z.number()]).transform(([waitMs, slowMs]) => ({ waitMs, slowMs })),
);

/** Takes an attempt back. KEYS tallies; ARGV the free failures of each. */
const giveBackScript = new RedisScript(
  `
for i, key in ipairs(KEYS) do
  if redis.call('EXISTS', key) == 1 then
    local failures = redis.call('HINCRBY', key, 'failures', -1)
    if failures <= 0 then redis.call('DEL', key)
    elseif failures < tonumber(ARGV[i]) then redis.call('HDEL', key, 'until') end
  end
end
return 1`,
  z.number(),
);

export const waitAWhile = (ms: number): Refusal =>
  refuse('request.too-many', { retryAfterSeconds: Math.max(1, Math.ceil(ms / 1_000)) });

/**
 * How often a sign-in may fail, counted in Redis: for every process and over restarts. Which counts there are and what
 * they do is decided in `domain/guessing.ts`.
 */
@Injectable()
export class SignInLimits {
  constructor(
    private readonly redis: RedisConnections,
    private readonly config: Config,
    private readonly clock: Clock,
  ) {}

  /** Counts an attempt; a refusal when it has to wait. `slowMs`: what a wrong password is answered to wait. */
  async take(login: string, place: Place): Promise<{ slowMs: number } | Refusal> {
    const limits = this.config.signIn;
    const tallies = talliesOf(login, place, limits);
    const { waitMs, slowMs } = await this.redis.run(takeScript, keysOf(tallies), [
      this.clock.now(),
      rememberedMs(limits),
      ...tallies.flatMap(({ free, shuts }) => [free, Number(shuts)]),
      ...waitLadder(limits),
    ]);
    return waitMs > 0 ? waitAWhile(waitMs) : { slowMs };
  }

  /** The attempt was none of a guesser's. */
  async giveBack(login: string, place: Place): Promise<void> {
    const tallies = talliesOf(login, place, this.config.signIn);
    await this.redis.run(
      giveBackScript,
      keysOf(tallies),
      tallies.map(({ free }) => free),
    );
  }

  /** It was the person: what failed for them there before is forgotten too. */
  async proved(login: string, place: Place): Promise<void> {
    const [own] = keysOf(talliesOf(login, place, this.config.signIn));
    await this.giveBack(login, place);
    if (own) await this.redis.shared.del(own);
  }
}

const keysOf = (tallies: readonly Tally[]): string[] => tallies.map(({ key }) => `sign-in:${key}`);
