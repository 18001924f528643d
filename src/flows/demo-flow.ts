import { randomUUID } from 'node:crypto';
import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { FlowDocument } from '../contracts/flow.js';
import { Clock } from '../kernel/clock.js';
import { Config } from '../platform/config/config.js';
import { QueuesService } from '../routing/queues.service.js';
import { FlowVersions } from './flow-versions.js';

/** What callers of the demo hotel hear: a welcome, that the call is recorded, then the queue. */
@Injectable()
export class DemoFlow implements OnApplicationBootstrap {
  constructor(
    private readonly source: DataSource,
    private readonly versions: FlowVersions,
    private readonly queues: QueuesService,
    private readonly config: Config,
    private readonly clock: Clock,
  ) {}

  /** After the queues, which are made at the same time by a module below this one. */
  async onApplicationBootstrap(): Promise<void> {
    if (!this.config.demoFlow) return;
    const queue = await this.queues.byNumber(this.config.serviceNumber);
    if (!queue) return;
    await this.source.transaction(async (db) => {
      await this.versions.lock(db);
      if (await this.versions.newest(queue.number, db)) return;
      await this.versions.add(db, {
        number: queue.number,
        version: 1,
        flowId: randomUUID(),
        createdAt: new Date(this.clock.now()),
        createdBy: 'system',
        why: '演示酒店 the demo hotel',
        document: welcomeFlow(queue.id),
      });
    });
  }
}

/** A welcome and the recording notice, then the queue. */
export function welcomeFlow(queueId: string): FlowDocument {
  return {
    name: '欢迎与录音告知',
    enabled: true,
    opening: [
      { kind: 'built-in', sound: 'sanling/welcome' },
      { kind: 'built-in', sound: 'sanling/recording-notice' },
    ],
    recording: 'with-opening',
    wrongKey: { kind: 'built-in', sound: 'sanling/invalid-choice' },
    maxRounds: 5,
    start: 'queue',
    steps: [{ kind: 'queue', id: 'queue', name: '前台预订', queueId }],
  };
}
