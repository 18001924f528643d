import { Injectable } from '@nestjs/common';
import { DataSource, type Repository } from 'typeorm';
import { tidyLine } from '../contracts/text.js';
import { Clock } from '../kernel/clock.js';
import type { Db } from '../platform/database/db.js';
import { peaksPerSecond } from './domain/peak-meter.js';
import {
  isGivenUp,
  nextAttemptAt,
  type RecordingStep,
  recordingProgress,
} from './domain/recording-progress.js';
import type { EncodedRecording } from './ingest/encode-recording.js';
import { type RecordingRow, recordingEntity, recordingPeaksEntity } from './recording.entity.js';

const longestReason = 500;

/** The recordings' rows: the only place that writes them. Every step may come late, early or twice. */
@Injectable()
export class RecordingLedger {
  constructor(
    private readonly source: DataSource,
    private readonly clock: Clock,
  ) {}

  /** The engine began to record. */
  async started(recordingId: string, callId: string, startedAt: Date): Promise<void> {
    await this.change(recordingId, callId, async (row, rows) => {
      if (!row.startedAt) await rows.update({ id: row.id }, { startedAt });
    });
  }

  /** The engine's files are complete, as it said or as must be since the call is over. */
  async finished(recordingId: string, callId: string): Promise<void> {
    const now = new Date(this.clock.now());
    await this.change(recordingId, callId, async (row, rows) => {
      const state = recordingProgress.next(row.state, 'finished');
      if (!state) return;
      const finishedAt = row.finishedAt ?? now;
      await rows.update({ id: row.id }, { state, finishedAt, attempts: 0, nextAttemptAt: now });
    });
  }

  /** The stored copy was read back and is right. The removal of the engine's copy is due from now on. */
  async stored(row: RecordingRow, storageKey: string, made: EncodedRecording): Promise<void> {
    const now = new Date(this.clock.now());
    const { sha256, bytes, durationMs, peaks } = made;
    await this.change(row.id, row.callId, async (current, rows, db) => {
      const state = step(current, 'stored');
      const found = { storageKey, sha256, bytes, durationMs, storedAt: now };
      await rows.update({ id: row.id }, { state, ...found, failure: null, attempts: 0, nextAttemptAt: now });
      await db.getRepository(recordingPeaksEntity).upsert(
        {
          recordingId: row.id,
          perSecond: peaksPerSecond,
          customer: Buffer.from(peaks.customer),
          agent: Buffer.from(peaks.agent),
        },
        ['recordingId'],
      );
    });
  }

  /** It could not be stored: the reason is kept and it is tried again later. */
  async failed(row: RecordingRow, reason: string): Promise<void> {
    const now = this.clock.now();
    await this.change(row.id, row.callId, async (current, rows) => {
      const attempts = current.attempts + 1;
      const over = isGivenUp(current.finishedAt?.getTime() ?? now, now);
      await rows.update(
        { id: row.id },
        {
          state: step(current, 'failed'),
          attempts,
          failure: tidyLine(reason, longestReason),
          nextAttemptAt: over ? null : new Date(nextAttemptAt(attempts, now)),
        },
      );
    });
  }

  /** The engine's copy is gone: nothing is due any more. */
  async originalRemoved(recordingId: string): Promise<void> {
    const originalRemovedAt = new Date(this.clock.now());
    await this.rows.update({ id: recordingId }, { originalRemovedAt, nextAttemptAt: null, attempts: 0 });
  }

  /** The engine's copy could not be removed: tried again for as long as it takes. */
  async removalFailed(row: RecordingRow): Promise<void> {
    const attempts = row.attempts + 1;
    const due = new Date(nextAttemptAt(attempts, this.clock.now()));
    await this.rows.update({ id: row.id }, { attempts, nextAttemptAt: due });
  }

  async byId(recordingId: string): Promise<RecordingRow | null> {
    return this.rows.findOneBy({ id: recordingId });
  }

  /** The longest due recording that is none of `except`. */
  async nextDue(except: readonly string[]): Promise<string | undefined> {
    const [row]: { id: string }[] = await this.source.query(
      `select id from recordings
        where next_attempt_at <= $1 and state <> 'recording' and started_at is not null and not (id = any($2))
        order by next_attempt_at limit 1`,
      [new Date(this.clock.now()), except],
    );
    return row?.id;
  }

  /** Recordings of which the engine has not said that they ended. */
  async running(): Promise<RecordingRow[]> {
    return this.rows.findBy({ state: 'recording' });
  }

  private get rows() {
    return this.source.getRepository(recordingEntity);
  }

  /** Changes one row under its lock, made first when it is not known yet. */
  private async change(
    id: string,
    callId: string,
    change: (row: RecordingRow, rows: Repository<RecordingRow>, db: Db) => Promise<void>,
  ): Promise<void> {
    await this.source.transaction(async (db) => {
      const rows = db.getRepository(recordingEntity);
      const fresh = { id, callId, state: recordingProgress.initial };
      await rows.createQueryBuilder().insert().values(fresh).orIgnore().execute();
      const row = await rows.findOneOrFail({ where: { id }, lock: { mode: 'pessimistic_write' } });
      await change(row, rows, db);
    });
  }
}

/** Where a step leads; its absence is a bug, since only the holder of the recording's lock takes it. */
function step(row: RecordingRow, taken: RecordingStep): RecordingRow['state'] {
  const state = recordingProgress.next(row.state, taken);
  if (!state) throw new Error(`recording ${row.id}: ${taken} while ${row.state}`);
  return state;
}
