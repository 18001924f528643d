import { EntitySchema } from 'typeorm';
import type { RecordingState } from '../contracts/recording.js';

export interface RecordingRow {
  id: string;
  callId: string;
  state: RecordingState;
  /** Null while only its end is known: events may arrive in any order. */
  startedAt: Date | null;
  /** When the engine's files were said, or taken, to be complete. */
  finishedAt: Date | null;
  /** Attempts at what is due now, and when it is tried next; null: nothing is due. */
  attempts: number;
  nextAttemptAt: Date | null;
  failure: string | null;
  storageKey: string | null;
  sha256: string | null;
  bytes: number | null;
  durationMs: number | null;
  storedAt: Date | null;
  /** The engine's copy is gone: never before `storedAt`. */
  originalRemovedAt: Date | null;
}

export const recordingEntity = new EntitySchema<RecordingRow>({
  name: 'recordings',
  columns: {
    id: { type: 'uuid', primary: true },
    callId: { type: 'uuid', name: 'call_id' },
    state: { type: 'text' },
    startedAt: { type: 'timestamptz', name: 'started_at', nullable: true },
    finishedAt: { type: 'timestamptz', name: 'finished_at', nullable: true },
    attempts: { type: 'integer', default: 0 },
    nextAttemptAt: { type: 'timestamptz', name: 'next_attempt_at', nullable: true },
    failure: { type: 'text', nullable: true },
    storageKey: { type: 'text', name: 'storage_key', nullable: true },
    sha256: { type: 'text', nullable: true },
    bytes: { type: 'integer', nullable: true },
    durationMs: { type: 'integer', name: 'duration_ms', nullable: true },
    storedAt: { type: 'timestamptz', name: 'stored_at', nullable: true },
    originalRemovedAt: { type: 'timestamptz', name: 'original_removed_at', nullable: true },
  },
});

/** The waveform, apart from the row so that lists do not carry it. */
export interface RecordingPeaksRow {
  recordingId: string;
  perSecond: number;
  /** One byte a value, 0–255. */
  customer: Buffer;
  agent: Buffer;
}

export const recordingPeaksEntity = new EntitySchema<RecordingPeaksRow>({
  name: 'recording_peaks',
  columns: {
    recordingId: { type: 'uuid', name: 'recording_id', primary: true },
    perSecond: { type: 'smallint', name: 'per_second' },
    customer: { type: 'bytea' },
    agent: { type: 'bytea' },
  },
});
