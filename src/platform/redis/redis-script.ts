import { createHash } from 'node:crypto';
import type { Redis } from 'ioredis';
import type { z } from 'zod';

/**
 * A Lua script with the schema of what it returns. Sent whole once a server, by its digest from then on (a restarted
 * Redis has forgotten it and is told again).
 */
export class RedisScript<Result> {
  private readonly digest: string;

  constructor(
    private readonly lua: string,
    private readonly result: z.ZodType<Result>,
  ) {
    this.digest = createHash('sha1').update(lua).digest('hex');
  }

  /** Runs it on a connection; prefer `RedisConnections.run`. */
  async runOn(redis: Redis, keys: readonly string[], values: readonly (string | number)[]): Promise<Result> {
    const tail = [...keys, ...values.map(String)];
    try {
      return this.result.parse(await redis.evalsha(this.digest, keys.length, ...tail));
    } catch (error) {
      // NOSCRIPT is the reply's error code: Redis puts codes first in the text and gives them nowhere else.
      if (!(error instanceof Error && error.message.startsWith('NOSCRIPT '))) throw error;
      return this.result.parse(await redis.eval(this.lua, keys.length, ...tail));
    }
  }
}
