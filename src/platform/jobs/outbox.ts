import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Db } from '../database/db.js';
import { outboxEntity } from './outbox.entity.js';
import { type Topic, type TopicPayload, topics } from './topics.js';

/** Hands work to the worker as part of the caller's transaction: it will be done if, and only if, that commits. */
@Injectable()
export class Outbox {
  /** `key` names the work within its topic: adding it again changes nothing. The worker may still do it more than once. */
  async add<T extends Topic>(db: Db, topic: T, key: string, payload: TopicPayload<T>): Promise<void> {
    await db
      .createQueryBuilder()
      .insert()
      .into(outboxEntity)
      .values({ id: randomUUID(), topic, key, payload: topics[topic].parse(payload) })
      .orIgnore()
      .execute();
  }
}
