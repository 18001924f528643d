import { createHash, randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { RedisConnections } from '../platform/redis/redis-connections.js';
import { RedisScript } from '../platform/redis/redis-script.js';

const guestSchema = z.object({
  /** Of the token; names the guest everywhere. */
  id: z.string(),
  deviceId: z.string(),
  secret: z.string(),
  /** ms since the epoch. */
  expiresAt: z.number(),
});
export type Guest = z.output<typeof guestSchema>;

/** KEYS due; ARGV id, deadline, most at once. Takes a place among the guests unless all are taken. */
const takePlace = new RedisScript(
  `if redis.call('zcard', KEYS[1]) >= tonumber(ARGV[3]) then return 0 end
   redis.call('zadd', KEYS[1], ARGV[2], ARGV[1])
   return 1`,
  z.number(),
);

const due = 'guests:due';
const key = (id: string) => `guest:${id}`;

/**
 * Guests and when each must go, in Redis, so that any server process can take a guest's account back, also one that was
 * made by a process that has died. The set `guests:due` holds every guest with its deadline.
 */
@Injectable()
export class GuestStore {
  constructor(private readonly redis: RedisConnections) {}

  /** Makes a guest with a token; undefined when there are too many already. */
  async add(
    expiresAt: number,
    deadline: number,
    most: number,
  ): Promise<{ guest: Guest; token: string } | undefined> {
    const token = randomBytes(24).toString('base64url');
    const guest: Guest = {
      id: idOf(token),
      deviceId: `guest-${randomBytes(9).toString('hex')}`,
      secret: randomBytes(24).toString('base64url'),
      expiresAt,
    };
    if ((await this.redis.run(takePlace, [due], [guest.id, deadline, most])) === 0) return undefined;
    await this.redis.shared.set(key(guest.id), JSON.stringify(guest), 'PXAT', expiresAt + 3_600_000);
    return { guest, token };
  }

  async byToken(token: string): Promise<Guest | undefined> {
    return this.byId(idOf(token));
  }

  async byId(id: string): Promise<Guest | undefined> {
    const stored = await this.redis.shared.get(key(id));
    return stored === null ? undefined : guestSchema.parse(JSON.parse(stored));
  }

  /** Moves a guest's deadline; nothing when the guest has gone. */
  async postpone(id: string, deadline: number): Promise<void> {
    await this.redis.shared.zadd(due, 'XX', deadline, id);
  }

  /** Ids whose deadline has passed. */
  async overdue(now: number): Promise<string[]> {
    return this.redis.shared.zrangebyscore(due, '-inf', now);
  }

  async all(): Promise<string[]> {
    return this.redis.shared.zrange(due, '0', '-1');
  }

  async remove(id: string): Promise<void> {
    await this.redis.shared.del(key(id));
    await this.redis.shared.zrem(due, id);
  }
}

function idOf(token: string): string {
  return createHash('sha256').update(token).digest('hex').slice(0, 32);
}
