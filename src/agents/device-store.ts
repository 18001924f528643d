import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { RedisConnections } from '../platform/redis/redis-connections.js';
import { RedisScript } from '../platform/redis/redis-script.js';
import { type Device, type DeviceStep, deviceSchema } from './domain/device.js';

const devicesKey = 'agents:devices';
const dueKey = 'agents:devices:due';

/** Writes (or, with '', removes) a device when nobody has changed it since it was read; plans when to look at it again. */
const replaceScript = new RedisScript(
  `
if (redis.call('HGET', KEYS[1], ARGV[1]) or '') ~= ARGV[2] then return 0 end
if ARGV[3] == '' then redis.call('HDEL', KEYS[1], ARGV[1]) else redis.call('HSET', KEYS[1], ARGV[1], ARGV[3]) end
if ARGV[4] == '' then redis.call('ZREM', KEYS[2], ARGV[1]) else redis.call('ZADD', KEYS[2], ARGV[4], ARGV[1]) end
return 1`,
  z.number().transform((done) => done === 1),
);

/** Hands each due device to one asker; it is due again a little later unless it was changed by then. */
const claimScript = new RedisScript(
  `
local due = redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', ARGV[1])
for _, agent_id in ipairs(due) do redis.call('ZADD', KEYS[1], ARGV[2], agent_id) end
return due`,
  z.array(z.string()),
);
const askedAgainAfterMs = 5_000;

/** `undefined` leaves everything as it is. */
export type DeviceChange = (device: Device | undefined) => DeviceStep | undefined;

/** The softphones in Redis, changed by compare-and-set. */
@Injectable()
export class DeviceStore {
  /** Softphones as this process changed them last. */
  private readonly known = new Map<string, DeviceStep>();

  constructor(private readonly redis: RedisConnections) {}

  async get(agentId: string): Promise<Device | undefined> {
    return parse(await this.redis.shared.hget(devicesKey, agentId));
  }

  async all(): Promise<{ agentId: string; device: Device }[]> {
    const found = Object.entries(await this.redis.shared.hgetall(devicesKey));
    return found.map(([agentId, json]) => ({ agentId, device: deviceSchema.parse(JSON.parse(json)) }));
  }

  /** Changes what is there now, asking again when somebody else was quicker. Tells what was there before and is now. */
  async change(
    agentId: string,
    change: DeviceChange,
  ): Promise<{ before: Device | undefined; after: Device | undefined; changed: boolean }> {
    for (;;) {
      const json = await this.redis.shared.hget(devicesKey, agentId);
      const before = parse(json);
      const wanted = change(before);
      if (!wanted) return { before, after: before, changed: false };
      const { device, lookAt } = wanted;
      const done = await this.redis.run(
        replaceScript,
        [devicesKey, dueKey],
        [agentId, json ?? '', device ? JSON.stringify(device) : '', lookAt ?? ''],
      );
      if (!done) continue;
      if (device) this.known.set(agentId, wanted);
      else this.known.delete(agentId);
      return { before, after: device ?? undefined, changed: true };
    }
  }

  /** Tells a Redis that lost its memory what this process knows; every softphone is looked at again. */
  async restore(): Promise<void> {
    for (const [agentId, { device, lookAt }] of this.known) {
      const json = JSON.stringify(device);
      await this.redis.run(replaceScript, [devicesKey, dueKey], [agentId, '', json, lookAt ?? 1]);
    }
  }

  /** Agents whose device should be looked at by now, each handed to one process only. */
  async claimDue(now: number): Promise<string[]> {
    return this.redis.run(claimScript, [dueKey], [now, now + askedAgainAfterMs]);
  }
}

function parse(json: string | null): Device | undefined {
  return json === null ? undefined : deviceSchema.parse(JSON.parse(json));
}
