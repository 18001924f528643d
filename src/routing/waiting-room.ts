import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { reservationKeys, reservationLua } from '../agents/reservation.js';
import { RedisConnections } from '../platform/redis/redis-connections.js';
import { RedisScript } from '../platform/redis/redis-script.js';
import { placeOf, sinceOf } from './domain/place.js';
import { membersKey } from './queues.service.js';

const waitingKey = (queueId: string): string => `routing:waiting:${queueId}`;
/** callId → queue it waits in. */
const queueOfKey = 'routing:queue-of';
/** handlingId → the offer, while nobody knows yet whether it was taken; and callId → handlingId of its offer. */
const offersKey = 'routing:offers';
const offerOfKey = 'routing:offer-of';

const enterScript = new RedisScript(
  `
if redis.call('HEXISTS', KEYS[2], ARGV[1]) == 1 then return 0 end
redis.call('HDEL', KEYS[3], ARGV[1])
redis.call('HSET', KEYS[2], ARGV[1], ARGV[2])
redis.call('ZADD', KEYS[1], ARGV[3], ARGV[1])
return 1`,
  z.number().transform((done) => done === 1),
);

/** As entering, but neither moves a call that waits nor takes one from its offer. */
const restoreScript = new RedisScript(
  `
if redis.call('HEXISTS', KEYS[2], ARGV[1]) == 1 or redis.call('HEXISTS', KEYS[3], ARGV[1]) == 1 then return 0 end
redis.call('HSET', KEYS[2], ARGV[1], ARGV[2])
redis.call('ZADD', KEYS[1], ARGV[3], ARGV[1])
return 1`,
  z.number().transform((done) => done === 1),
);

const leaveScript = new RedisScript(
  `
redis.call('HDEL', KEYS[2], ARGV[1])
local queue_id = redis.call('HGET', KEYS[1], ARGV[1])
if not queue_id then return 0 end
redis.call('HDEL', KEYS[1], ARGV[1])
redis.call('ZREM', ARGV[2] .. queue_id, ARGV[1])
return 1`,
  z.number().transform((done) => done === 1),
);

/** The first waiting call and the longest idle agent of the queue become a pair, both or neither. */
const matchScript = new RedisScript(
  `${reservationLua}
local waiting, queue_of, offers, offer_of, members, idle, log = unpack(KEYS)
local presence_prefix, queue_id, handling_id, now = unpack(ARGV)
local first = redis.call('ZRANGE', waiting, 0, 0, 'WITHSCORES')
if not first[1] then return false end
local call_id, place = first[1], first[2]
local agent_id = idle_agent(idle, presence_prefix, members)
if not agent_id then return false end
redis.call('ZREM', waiting, call_id)
redis.call('HDEL', queue_of, call_id)
reserve(idle, presence_prefix, log, agent_id, call_id, handling_id, now)
local offer = cjson.encode({ queueId = queue_id, callId = call_id, agentId = agent_id,
  handlingId = handling_id, place = place, at = now })
redis.call('HSET', offers, handling_id, offer)
redis.call('HSET', offer_of, call_id, handling_id)
return offer`,
  z
    .string()
    .nullable()
    .transform((offer) => (offer === null ? undefined : offerSchema.parse(JSON.parse(offer)))),
);

/** Closes an offer; with ARGV[3] the call goes back to its place, unless it left or entered anew meanwhile. */
const closeScript = new RedisScript(
  `
local waiting, queue_of, offers, offer_of = unpack(KEYS)
local handling_id, call_id, back, queue_id, place = unpack(ARGV)
if redis.call('HDEL', offers, handling_id) == 0 then return 0 end
if redis.call('HGET', offer_of, call_id) ~= handling_id then return 1 end
redis.call('HDEL', offer_of, call_id)
if back == '1' then
  redis.call('HSET', queue_of, call_id, queue_id)
  redis.call('ZADD', waiting, place, call_id)
end
return 1`,
  z.number().transform((done) => done === 1),
);

/** In a script, since scores come as text there whatever protocol the connection speaks. */
const waitingScript = new RedisScript(
  `return redis.call('ZRANGE', KEYS[1], 0, -1, 'WITHSCORES')`,
  z.array(z.string()).transform((flat) =>
    Array.from({ length: flat.length / 2 }, (_, index) => ({
      callId: flat[index * 2] ?? '',
      since: sinceOf(Number(flat[index * 2 + 1])),
    })),
  ),
);

const offerSchema = z.object({
  queueId: z.string(),
  callId: z.string(),
  agentId: z.string(),
  handlingId: z.string(),
  place: z.coerce.number(),
  at: z.coerce.number(),
});
/** A call and an agent that were reserved for each other, until somebody says whether it came to a ring. */
export type Offer = z.output<typeof offerSchema>;

/** The waiting calls in Redis. Every change is one script, so that any number of processes may match at once. */
@Injectable()
export class WaitingRoom {
  constructor(private readonly redis: RedisConnections) {}

  /** Adds the call at its place; false when it waits already. */
  async enter(queueId: string, callId: string, since: number, front: boolean): Promise<boolean> {
    return this.add(enterScript, queueId, callId, since, front);
  }

  /** Adds a call that was lost; false when it waits already, or is being offered. */
  async restore(queueId: string, callId: string, since: number, front: boolean): Promise<boolean> {
    return this.add(restoreScript, queueId, callId, since, front);
  }

  private async add(
    script: RedisScript<boolean>,
    queueId: string,
    callId: string,
    since: number,
    front: boolean,
  ): Promise<boolean> {
    return this.redis.run(
      script,
      [waitingKey(queueId), queueOfKey, offerOfKey],
      [callId, queueId, placeOf(since, front)],
    );
  }

  /** Takes the call out, wherever it waits; an open offer of it will not bring it back. */
  async leave(callId: string): Promise<boolean> {
    return this.redis.run(leaveScript, [queueOfKey, offerOfKey], [callId, this.redis.named(waitingKey(''))]);
  }

  /** Reserves the next call and agent of the queue for each other; undefined when either is missing. */
  async match(queueId: string, handlingId: string, now: number): Promise<Offer | undefined> {
    return this.redis.run(
      matchScript,
      [
        waitingKey(queueId),
        queueOfKey,
        offersKey,
        offerOfKey,
        membersKey(queueId),
        reservationKeys.idle,
        reservationKeys.log,
      ],
      [this.redis.named(reservationKeys.presencePrefix), queueId, handlingId, now],
    );
  }

  /** The offer came to an end; `back`: the call waits on at its place. False when it was closed before. */
  async close({ queueId, callId, handlingId, place }: Offer, back: boolean): Promise<boolean> {
    return this.redis.run(
      closeScript,
      [waitingKey(queueId), queueOfKey, offersKey, offerOfKey],
      [handlingId, callId, back ? 1 : 0, queueId, place],
    );
  }

  async waiting(queueId: string): Promise<{ callId: string; since: number }[]> {
    return this.redis.run(waitingScript, [waitingKey(queueId)], []);
  }

  /** Offers that have been open since before `time`: whoever made them may be gone. */
  async offersBefore(time: number): Promise<Offer[]> {
    const open = await this.redis.shared.hvals(offersKey);
    return open.map((offer) => offerSchema.parse(JSON.parse(offer))).filter(({ at }) => at < time);
  }
}
