import { fork } from 'node:child_process';
import { randomBytes, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Test, type TestingModule } from '@nestjs/testing';
import { UnrecoverableError } from 'bullmq';
import { DataSource } from 'typeorm';
import { Clock, SystemClock } from '../../../src/kernel/clock.js';
import { Config } from '../../../src/platform/config/config.js';
import { ConfigModule } from '../../../src/platform/config/config.module.js';
import { DatabaseModule } from '../../../src/platform/database/database.module.js';
import { JobHandlers } from '../../../src/platform/jobs/job-handlers.js';
import { JobQueue } from '../../../src/platform/jobs/job-queue.js';
import { JobsModule, JobWorkerModule } from '../../../src/platform/jobs/jobs.module.js';
import { type OutboxRow, outboxEntity } from '../../../src/platform/jobs/outbox.entity.js';
import { Outbox } from '../../../src/platform/jobs/outbox.js';
import { OutboxRelay } from '../../../src/platform/jobs/outbox-relay.js';
import { Metrics } from '../../../src/platform/metrics/metrics.js';
import { MetricsModule } from '../../../src/platform/metrics/metrics.module.js';
import { RedisModule } from '../../../src/platform/redis/redis.module.js';
import { RedisConnections } from '../../../src/platform/redis/redis-connections.js';
import { eventually } from '../../support/eventually.js';
import { type FreshDatabase, freshDatabase, freshRedis, useServices } from '../../support/services.js';

describe('outbox', () => {
  const stuckWorker = fileURLToPath(new URL('./stuck-worker.ts', import.meta.url));
  const typescript = new URL('../../support/typescript/register.mjs', import.meta.url).href;

  class ShiftedClock extends SystemClock {
    shiftMs = 0;
    override now(): number {
      return super.now() + this.shiftMs;
    }
  }

  let database: FreshDatabase;
  let config: Config;
  let clock: ShiftedClock;
  /** What the worker did, by recording id, in order. */
  let did: string[];
  /** Called in the handler before it counts as done. */
  let onWork: (recordingId: string) => void | Promise<void>;
  const processes: TestingModule[] = [];

  beforeAll(async () => {
    database = await freshDatabase();
  });
  afterAll(() => database?.drop());
  beforeEach(async () => {
    clock = new ShiftedClock();
    did = [];
    onWork = () => undefined;
    config = Config.from({
      ...useServices(),
      DATABASE_URL: database.url,
      REDIS_URL: await freshRedis(),
      SANLING_REDIS_PREFIX: `test-${randomBytes(4).toString('hex')}:`,
      SANLING_LOG_LEVEL: 'silent',
    });
  });
  afterEach(async () => {
    for (const one of processes.splice(0)) await one.close();
  });

  /** A process with the outbox; a worker also does the work. */
  async function start(kind: 'api' | 'worker'): Promise<TestingModule> {
    const common = [ConfigModule, MetricsModule, DatabaseModule, RedisModule, JobsModule];
    const module = await Test.createTestingModule({
      imports: kind === 'worker' ? [...common, JobWorkerModule] : common,
    })
      .overrideProvider(Config)
      .useValue(config)
      .overrideProvider(Clock)
      .useValue(clock)
      .compile();
    module.useLogger(false);
    module.get(JobHandlers).on('recording.finished', async ({ recordingId }) => {
      await onWork(recordingId);
      did.push(recordingId);
    });
    await module.init();
    processes.push(module);
    return module;
  }

  async function promise(process: TestingModule, recordingId: string = randomUUID()): Promise<string> {
    await process
      .get(DataSource)
      .transaction((db) =>
        process.get(Outbox).add(db, 'recording.finished', recordingId, { callId: randomUUID(), recordingId }),
      );
    return recordingId;
  }

  async function rowOf(process: TestingModule, recordingId: string): Promise<OutboxRow> {
    return process.get(DataSource).getRepository(outboxEntity).findOneByOrFail({ key: recordingId });
  }

  const done = (process: TestingModule, recordingId: string) =>
    eventually(async () => (await rowOf(process, recordingId)).doneAt !== null, { withinMs: 15_000 });

  describe('work promised in a transaction', () => {
    it('is done once when it commits', async () => {
      const api = await start('api');
      const worker = await start('worker');
      const one = await promise(api);
      await promise(api, one);
      await done(worker, one);
      expect(did).toEqual([one]);
    });

    it('is not done when it rolls back', async () => {
      const worker = await start('worker');
      const never = randomUUID();
      const change = worker.get(DataSource).transaction(async (db) => {
        await worker
          .get(Outbox)
          .add(db, 'recording.finished', never, { callId: randomUUID(), recordingId: never });
        throw new Error('the caller changed its mind');
      });
      await expect(change).rejects.toThrow('changed its mind');
      const after = await promise(worker);
      await done(worker, after);
      expect(did).toEqual([after]);
    });

    it('waits for a worker', async () => {
      const api = await start('api');
      const one = await promise(api);
      await eventually(async () => (await rowOf(api, one)).handedAt !== null);
      const worker = await start('worker');
      await done(worker, one);
      expect(did).toEqual([one]);
    });

    it('must fit its topic', async () => {
      const api = await start('api');
      const wrong = { callId: 'not an id', recordingId: randomUUID() };
      await expect(
        api.get(Outbox).add(api.get(DataSource).manager, 'recording.finished', 'k', wrong),
      ).rejects.toThrow('Invalid UUID');
    });
  });

  describe('after a crash', () => {
    it('between queueing and marking, the row is queued again and the work done once', async () => {
      const api = await start('api');
      const queue = api.get(JobQueue);
      const hand = queue.hand.bind(queue);
      const crash = jest.spyOn(queue, 'hand').mockImplementationOnce(async (rows) => {
        await hand(rows);
        throw new Error('the process ends here');
      });
      const one = await promise(api);
      await eventually(() => crash.mock.calls.length >= 2);
      const worker = await start('worker');
      await done(worker, one);
      expect(did).toEqual([one]);
    });

    it('of Redis that loses the queue, rows that are not done are queued again', async () => {
      const api = await start('api');
      const one = await promise(api);
      await eventually(async () => (await rowOf(api, one)).handedAt !== null);
      await api.get(RedisConnections).open('test').flushdb();
      const worker = await start('worker');
      const next = await promise(api);
      await done(worker, next);
      expect(did).toEqual([next]);
      clock.shiftMs += 61_000;
      await done(worker, one);
      expect(did).toEqual([next, one]);
    });

    it('between the work and its mark, the work is done again and marked', async () => {
      const worker = await start('worker');
      const rows = worker.get(DataSource).getRepository(outboxEntity);
      const crash = jest.spyOn(rows, 'update').mockRejectedValueOnce(new Error('the connection ends here'));
      const one = await promise(worker);
      await done(worker, one);
      expect(crash).toHaveBeenCalled();
      expect(did).toEqual([one, one]);
      crash.mockRestore();
    });

    it('of the whole worker in the middle of work, another takes it up', async () => {
      const api = await start('api');
      const doomed = fork(stuckWorker, [], {
        execArgv: ['--import', typescript],
        env: {
          ...process.env,
          ...useServices(),
          DATABASE_URL: config.databaseUrl,
          REDIS_URL: config.redisUrl,
          SANLING_REDIS_PREFIX: config.redisPrefix,
        },
        stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
      });
      const one = await promise(api);
      const [began] = await once(doomed, 'message');
      expect(began).toBe(one);
      doomed.kill('SIGKILL');
      await once(doomed, 'exit');
      const worker = await start('worker');
      await eventually(async () => (await rowOf(worker, one)).doneAt !== null, { withinMs: 40_000 });
      expect(did).toEqual([one]);
    }, 60_000);
  });

  describe('work that fails', () => {
    it('is tried again and counted', async () => {
      const worker = await start('worker');
      let attempts = 0;
      onWork = () => {
        attempts += 1;
        if (attempts === 1) throw new Error('not yet');
      };
      const one = await promise(worker);
      await done(worker, one);
      expect(attempts).toBe(2);
      expect(await worker.get(Metrics).registry.metrics()).toContain(
        'sanling_job_failures_total{topic="recording.finished",final="false"} 1',
      );
    });

    it('for good is given up with its reason, and not queued again', async () => {
      const worker = await start('worker');
      onWork = () => {
        throw new UnrecoverableError('the file is of no known kind');
      };
      const one = await promise(worker);
      await eventually(async () => (await rowOf(worker, one)).failedAt !== null);
      expect(await rowOf(worker, one)).toMatchObject({
        doneAt: null,
        failure: 'the file is of no known kind',
      });
      clock.shiftMs += 61_000;
      expect(await worker.get(OutboxRelay).relay()).toBe(0);
    });
  });

  it('two relays at the same time hand each row over once', async () => {
    const [one, two] = [await start('api'), await start('api')];
    const hands = [one, two].map((api) => jest.spyOn(api.get(JobQueue), 'hand'));
    const promised = await Promise.all(Array.from({ length: 40 }, () => promise(one)));
    await Promise.all([one, two].map((api) => api.get(OutboxRelay).relay()));
    await eventually(async () =>
      (await Promise.all(promised.map((id) => rowOf(one, id)))).every((r) => r.handedAt),
    );
    const handed = hands.flatMap((hand) => hand.mock.calls.flatMap(([rows]) => rows.map((row) => row.id)));
    expect(new Set(handed).size).toBe(handed.length);
    expect(handed.length).toBe(40);
  });
});
