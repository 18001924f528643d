import { type Redis, ReplyError } from 'ioredis';
import { StoreAway } from '../../kernel/store-away.js';

/** What Redis itself answered is no absence; whatever else went wrong is one. */
export function asAbsence(error: unknown): unknown {
  return error instanceof ReplyError ? error : new StoreAway('Redis', error);
}

/** The link is lost: what is sent now would wait for the next attempt to connect, and for the one after. */
const lost: readonly string[] = ['close', 'reconnecting'];

/** From now on a command that a Redis which is away did not carry out fails with `StoreAway`, at once when it is known. */
export function tellAbsence(redis: Redis): Redis {
  const send = redis.sendCommand.bind(redis);
  redis.sendCommand = (command, stream) => {
    if (lost.includes(redis.status)) command.reject(new StoreAway('Redis', redis.status));
    const answer = lost.includes(redis.status) ? command.promise : send(command, stream);
    if (!(answer instanceof Promise)) return answer;
    const told = answer.catch((error: unknown) => {
      throw error instanceof StoreAway ? error : asAbsence(error);
    });
    // A pipeline looks at its commands and not at what is returned here: that must not count as nobody's failure.
    told.catch(() => undefined);
    return told;
  };
  return redis;
}
