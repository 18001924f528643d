import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { RedisConnections } from '../redis/redis-connections.js';
import { RedisScript } from '../redis/redis-script.js';

const keyOf = (name: string): string => `lease:${name}`;
const done = z.number().transform((answer) => answer === 1);

/** Takes a free lease, or renews one's own; 0 when somebody else holds it. */
const takeScript = new RedisScript(
  `
local holder = redis.call('GET', KEYS[1])
if holder and holder ~= ARGV[1] then return 0 end
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
return 1`,
  done,
);

const giveBackScript = new RedisScript(
  `if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
return redis.call('DEL', KEYS[1])`,
  done,
);

/**
 * What one process at a time may do: named leases in Redis that run out unless they are renewed. A holder that was
 * paused may believe in a lease that has moved on, so whatever it writes must be guarded elsewhere.
 */
@Injectable()
export class Leases {
  /** Names this process among all of the installation. */
  readonly holder = randomUUID();

  constructor(private readonly redis: RedisConnections) {}

  /** Takes or renews the lease for so long; false when another process holds it. */
  take(name: string, forMs: number): Promise<boolean> {
    return this.redis.run(takeScript, [keyOf(name)], [this.holder, forMs]);
  }

  /** Lets go at once; nothing when another process holds it. */
  async giveBack(name: string): Promise<void> {
    await this.redis.run(giveBackScript, [keyOf(name)], [this.holder]);
  }

  /** The process that holds it now. */
  async holderOf(name: string): Promise<string | undefined> {
    return (await this.redis.shared.get(keyOf(name))) ?? undefined;
  }
}
