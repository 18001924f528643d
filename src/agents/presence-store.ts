import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { notReadyReasonSchema, presenceStateSchema } from '../contracts/presence.js';
import { Clock } from '../kernel/clock.js';
import { isRefusal, type Refusal } from '../kernel/refusal.js';
import { asAbsence } from '../platform/redis/redis-away.js';
import { RedisConnections } from '../platform/redis/redis-connections.js';
import { RedisScript } from '../platform/redis/redis-script.js';
import type { Change } from './domain/presence-changes.js';
import { absent, type PresenceModel } from './domain/presence-machine.js';
import { reservationKeys } from './reservation.js';

const none = z.literal('').transform(() => null);
/** A presence as its Redis hash: everything is text there, '' is null. */
const storedSchema = z
  .object({
    revision: z.coerce.number().int(),
    state: presenceStateSchema,
    since: z.coerce.number(),
    idleSince: z.coerce.number(),
    reason: none.or(notReadyReasonSchema),
    callId: none.or(z.string()),
    handlingId: none.or(z.string()),
    deviceReady: z.enum(['0', '1']).transform((flag) => flag === '1'),
    next: none.or(z.enum(['ready', 'not-ready'])),
    nextReason: none.or(notReadyReasonSchema),
  })
  .transform(({ revision, ...model }): Stored => ({ revision, model }));

interface Stored {
  /** Counts the changes; 0: nothing is stored yet. */
  revision: number;
  model: PresenceModel;
}

/**
 * Writes a presence when nobody has changed it since it was read (state, call and all), keeps the list of those who may
 * be rung in step, and adds a changed state to the log that is carried to the database.
 */
const replaceScript = new RedisScript(
  `
local presence, idle, log = KEYS[1], KEYS[2], KEYS[3]
local agent_id, expected, logged = ARGV[1], ARGV[2], ARGV[3]
if (redis.call('HGET', presence, 'revision') or '0') ~= expected then return 0 end
redis.call('HSET', presence, 'revision', expected + 1, unpack(ARGV, 4))
local new = redis.call('HMGET', presence, 'state', 'deviceReady', 'idleSince', 'since', 'reason', 'callId', 'handlingId')
if new[1] == 'ready' and new[2] == '1' then
  redis.call('ZADD', idle, new[3], agent_id)
else
  redis.call('ZREM', idle, agent_id)
end
if logged ~= '' then
  redis.call('XADD', log, '*', 'agentId', agent_id, 'at', logged, 'state', new[1], 'reason', new[5],
    'callId', new[6], 'handlingId', new[7], 'deviceReady', new[2])
end
return 1`,
  z.number().transform((done) => done === 1),
);

/** What `change` made of it, or why nothing changed. */
export type ChangeOutcome = { changed: boolean; model: PresenceModel } | { refusal: Refusal };

/** Presence in Redis: shared by every server process, changed by compare-and-set only. */
@Injectable()
export class PresenceStore {
  private readonly startedAt: number;
  /** What this process saw last of each agent. */
  private readonly known = new Map<string, Stored>();

  constructor(
    private readonly redis: RedisConnections,
    private readonly clock: Clock,
  ) {
    this.startedAt = clock.now();
  }

  async read(agentId: string): Promise<PresenceModel> {
    return (await this.stored(agentId)).model;
  }

  /** Several at once, in the order asked. */
  async readAll(agentIds: readonly string[]): Promise<PresenceModel[]> {
    if (agentIds.length === 0) return [];
    const pipeline = this.redis.shared.pipeline();
    for (const agentId of agentIds) pipeline.hgetall(keyOf(agentId));
    const answers = (await pipeline.exec()) ?? [];
    return answers.map(([error, hash], index) => {
      if (error) throw asAbsence(error);
      return this.seen(agentIds[index] ?? '', hash).model;
    });
  }

  /** Applies a change to what is there now, again when somebody else was quicker. */
  async change(agentId: string, change: Change): Promise<ChangeOutcome> {
    for (;;) {
      const { revision, model } = await this.stored(agentId);
      const now = this.clock.now();
      const after = change(model, now);
      if (after === undefined) return { changed: false, model };
      if (isRefusal(after)) return { refusal: after };
      const logged = after.state !== model.state || after.reason !== model.reason ? now : '';
      if (!(await this.write(agentId, revision, after, logged))) continue;
      this.known.set(agentId, { revision: revision + 1, model: after });
      return { changed: true, model: after };
    }
  }

  /** Tells a Redis that lost its memory what this process saw last of the agents. */
  async restore(): Promise<void> {
    for (const [agentId, { revision, model }] of this.known) {
      const there = this.parse(await this.redis.shared.hgetall(keyOf(agentId)));
      if (there.revision >= revision) continue;
      if (await this.write(agentId, there.revision, model, ''))
        this.known.set(agentId, { revision: there.revision + 1, model });
    }
  }

  private async write(
    agentId: string,
    expected: number,
    model: PresenceModel,
    logged: number | '',
  ): Promise<boolean> {
    return this.redis.run(
      replaceScript,
      [keyOf(agentId), reservationKeys.idle, reservationKeys.log],
      [agentId, expected, logged, ...fieldsOf(model)],
    );
  }

  private async stored(agentId: string): Promise<Stored> {
    return this.seen(agentId, await this.redis.shared.hgetall(keyOf(agentId)));
  }

  private seen(agentId: string, hash: unknown): Stored {
    const stored = this.parse(hash);
    if (stored.revision >= (this.known.get(agentId)?.revision ?? 1)) this.known.set(agentId, stored);
    return stored;
  }

  private parse(hash: unknown): Stored {
    const empty = typeof hash === 'object' && hash !== null && Object.keys(hash).length === 0;
    return empty ? { revision: 0, model: absent(this.startedAt) } : storedSchema.parse(hash);
  }
}

const keyOf = (agentId: string): string => `${reservationKeys.presencePrefix}${agentId}`;

function fieldsOf(model: PresenceModel): (string | number)[] {
  return Object.entries(model).flatMap(([field, value]) => [field, textOf(value)]);
}

function textOf(value: PresenceModel[keyof PresenceModel]): string | number {
  if (value === null) return '';
  return typeof value === 'boolean' ? Number(value) : value;
}
