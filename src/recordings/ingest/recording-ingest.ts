import { Injectable, Logger } from '@nestjs/common';

import type { RecordingRow } from '../recording.entity.js';
import { RecordingLedger } from '../recording-ledger.js';
import { type PendingObject, RecordingStore, recordingKey } from '../storage/recording-store.js';
import { type EncodedRecording, encodeRecording } from './encode-recording.js';
import { OriginalRecordings } from './original-recordings.js';
import { type RecordingLock, RecordingLocks } from './recording-locks.js';
import { verifyStored } from './verify-stored.js';

/**
 * Brings one recording from the engine into the store. The order is what keeps it safe, wherever the process dies:
 * encode into a hidden file → make it durable and visible → read it back → commit the row → remove the engine's copy →
 * note the removal. Until the row is committed the engine's copy stands and everything is simply done again, over the
 * same name; afterwards only the removal is repeated, which is harmless.
 */
@Injectable()
export class RecordingIngest {
  private readonly logger = new Logger(RecordingIngest.name);

  constructor(
    private readonly ledger: RecordingLedger,
    private readonly locks: RecordingLocks,
    private readonly originals: OriginalRecordings,
    private readonly store: RecordingStore,
  ) {}

  /** Does what is due for the recording. False when another process is at it. */
  async ingest(recordingId: string): Promise<boolean> {
    const lock = await this.locks.take(recordingId);
    if (!lock) return false;
    try {
      // Read under the lock: whoever held it before may have done the work.
      const row = await this.ledger.byId(recordingId);
      if (row && row.state !== 'stored') await this.storeOrFail(row, lock);
      const now = await this.ledger.byId(recordingId);
      if (now?.state === 'stored' && !now.originalRemovedAt) await this.removeOriginal(now);
    } finally {
      await lock.release();
    }
    return true;
  }

  private async storeOrFail(row: RecordingRow, lock: RecordingLock): Promise<void> {
    if (row.state === 'recording' || !row.startedAt) return;
    const key = recordingKey(row.id, row.startedAt);
    try {
      const made = await this.write(row.id, key, lock);
      await verifyStored(this.store, key, made);
      await this.ledger.stored(row, key, made);
      this.logger.log({ msg: 'recording stored', recordingId: row.id, callId: row.callId, ...brief(made) });
    } catch (error) {
      // Whatever it was, the engine's copy is still there: the reason is kept, and it is tried again.
      this.logger.error({ msg: 'recording not stored', recordingId: row.id, callId: row.callId, err: error });
      await this.ledger.failed(row, error instanceof Error ? error.message : String(error));
    }
  }

  private async write(recordingId: string, key: string, lock: RecordingLock): Promise<EncodedRecording> {
    const files = await this.originals.fetchRecording(recordingId);
    let pending: PendingObject | undefined;
    try {
      const target = await this.store.begin(key);
      pending = target;
      const made = await encodeRecording(files, (chunk) => target.write(chunk));
      await lock.confirm();
      await target.commit();
      return made;
    } catch (error) {
      files.customer.destroy();
      files.agent.destroy();
      await pending?.discard();
      throw error;
    }
  }

  private async removeOriginal(row: RecordingRow): Promise<void> {
    try {
      await this.originals.deleteRecording(row.id);
    } catch (error) {
      this.logger.warn({ msg: "the engine's copy could not be removed", recordingId: row.id, err: error });
      await this.ledger.removalFailed(row);
      return;
    }
    await this.ledger.originalRemoved(row.id);
  }
}

function brief({ durationMs, bytes }: EncodedRecording) {
  return { durationMs, bytes };
}
