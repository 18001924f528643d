import { type ChildProcess, fork } from 'node:child_process';
import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Logger } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { outboxEntity } from '../../../src/platform/jobs/outbox.entity.js';
import { Outbox } from '../../../src/platform/jobs/outbox.js';
import {
  type RecordingRow,
  recordingEntity,
  recordingPeaksEntity,
} from '../../../src/recordings/recording.entity.js';
import { readyDatabase } from '../../support/ready-database.js';
import { type FreshDatabase, freshRedis, useServices } from '../../support/services.js';
import type { Death } from './dying.js';
import { FolderOriginals } from './folder-originals.js';

Logger.overrideLogger(false);

const workerFile = fileURLToPath(new URL('./worker-process.ts', import.meta.url));
const typescript = new URL('../../support/typescript/register.mjs', import.meta.url).href;

export const startedAt = new Date('2026-03-02T01:02:03.456Z');

/** A database, a Redis, a home and an engine's folder of one suite, with worker processes that may be killed. */
export class RecordingHouse implements AsyncDisposable {
  private readonly workers = new Set<ChildProcess>();

  private constructor(
    readonly source: DataSource,
    readonly originals: FolderOriginals,
    readonly home: string,
    private readonly environment: NodeJS.ProcessEnv,
    private readonly database: FreshDatabase,
  ) {}

  static async open(): Promise<RecordingHouse> {
    const [database, redis] = await Promise.all([readyDatabase(), freshRedis()]);
    const home = await mkdtemp(join(tmpdir(), 'sanling-recordings-'));
    const originals = join(home, 'engine');
    await mkdir(originals);
    const source = await new DataSource({
      type: 'postgres',
      url: database.url,
      entities: [recordingEntity, recordingPeaksEntity, outboxEntity],
    }).initialize();
    const environment = {
      ...process.env,
      ...useServices(),
      DATABASE_URL: database.url,
      REDIS_URL: redis,
      SANLING_REDIS_PREFIX: `test-${randomBytes(4).toString('hex')}:`,
      SANLING_HOME: home,
      ORIGINALS: originals,
      // The native library, as in the product.
      OPUS_FORCE_WASM: '',
    };
    return new RecordingHouse(source, new FolderOriginals(originals), home, environment, database);
  }

  /** A finished recording in the engine, and what a call tells of it, handed to the worker through the outbox. */
  async record(customer: Int16Array, agent: Int16Array): Promise<string> {
    const recordingId = randomUUID();
    const callId = randomUUID();
    await this.originals.put(recordingId, customer, agent);
    await this.source.transaction(async (db) => {
      const outbox = new Outbox();
      const payload = { callId, recordingId, startedAt: startedAt.toISOString() };
      await outbox.add(db, 'recording.started', recordingId, payload);
      await outbox.add(db, 'recording.finished', recordingId, { callId, recordingId });
    });
    return recordingId;
  }

  /** Starts a worker process; it may be told to die at a moment of a recording's ingest. */
  startWorker(death?: { at: Death; of: string }): ChildProcess {
    const worker = fork(workerFile, [], {
      execArgv: ['--import', typescript],
      env: { ...this.environment, ...(death && { DIES_AT: death.at, DIES_FOR: death.of }) },
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    this.workers.add(worker);
    worker.once('exit', () => this.workers.delete(worker));
    return worker;
  }

  row(recordingId: string): Promise<RecordingRow | null> {
    return this.source.getRepository(recordingEntity).findOneBy({ id: recordingId });
  }

  /** Every file of the store that is about the recording, hidden ones too. */
  async storedFiles(recordingId: string): Promise<string[]> {
    const files = await readdir(join(this.home, 'recordings'), { recursive: true });
    return files.filter((file) => file.includes(recordingId)).sort();
  }

  async storedAudio(recordingId: string): Promise<{ audio: Buffer; sha256: string }> {
    const key = (await this.row(recordingId))?.storageKey;
    if (!key) throw new Error(`${recordingId} is not stored`);
    const audio = await readFile(join(this.home, 'recordings', key));
    return { audio, sha256: createHash('sha256').update(audio).digest('hex') };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const dead = [...this.workers].map((worker) => once(worker, 'exit'));
    for (const worker of this.workers) worker.kill('SIGKILL');
    await Promise.all(dead);
    await this.source.destroy();
    await this.database.drop();
    await rm(this.home, { recursive: true });
  }
}
