import type { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import { DataSource, IsNull, Not } from 'typeorm';
import type { Peaks, Recording } from '../contracts/recording.js';
import { ReadingAudit } from '../identity/reading-audit.js';
import { type Actor, denyUnless } from '../kernel/actor.js';
import { isRefusal, type Refusal, refuse } from '../kernel/refusal.js';
import { peakValues } from './domain/peak-meter.js';
import { type RecordingRow, recordingEntity, recordingPeaksEntity } from './recording.entity.js';
import { RecordingAccess } from './recording-access.js';
import { type ByteRange, RecordingStore } from './storage/recording-store.js';

/** A stored recording that somebody may listen to. */
export interface RecordingAudio {
  bytes: number;
  sha256: string;
  /** Opens it, or a range of it, for this listener: noted in the audit log before the first byte. */
  listen(range?: ByteRange): Promise<Readable>;
}

/** Recordings for those who may know of them or listen to them. */
@Injectable()
export class RecordingsService {
  constructor(
    private readonly source: DataSource,
    private readonly store: RecordingStore,
    private readonly access: RecordingAccess,
    private readonly readings: ReadingAudit,
  ) {}

  /** The call's recordings in order. For services that have checked that the call may be read. */
  async byCall(callId: string): Promise<Recording[]> {
    const rows = await this.rows.find({
      where: { callId, startedAt: Not(IsNull()) },
      order: { startedAt: 'asc', id: 'asc' },
    });
    return rows.map(recordingOf);
  }

  async find(actor: Actor, recordingId: string): Promise<Recording | Refusal> {
    const row = await this.allowed(actor, recordingId);
    return isRefusal(row) ? row : recordingOf(row);
  }

  /** Its waveform. */
  async peaks(actor: Actor, recordingId: string): Promise<Peaks | Refusal> {
    const row = await this.allowed(actor, recordingId);
    if (isRefusal(row)) return row;
    const found = await this.source.getRepository(recordingPeaksEntity).findOneBy({ recordingId });
    if (!found || row.durationMs === null) return notReady(row);
    return {
      durationMs: row.durationMs,
      peaksPerSecond: found.perSecond,
      channels: { customer: peakValues(found.customer), agent: peakValues(found.agent) },
    };
  }

  async audio(actor: Actor, recordingId: string): Promise<RecordingAudio | Refusal> {
    const row = await this.allowed(actor, recordingId);
    if (isRefusal(row)) return row;
    const { storageKey, bytes, sha256 } = row;
    if (storageKey === null || bytes === null || sha256 === null) return notReady(row);
    return {
      bytes,
      sha256,
      listen: async (range) => {
        const audio = await this.store.open(storageKey, range);
        try {
          await this.readings.noted(actor, {
            action: 'recording.listened',
            subject: `recording:${row.id}`,
            details: { callId: row.callId },
          });
        } catch (error) {
          audio.destroy();
          throw error;
        }
        return audio;
      },
    };
  }

  private async allowed(actor: Actor, recordingId: string): Promise<RecordingRow | Refusal> {
    const denied = denyUnless(actor, 'recording.listen', 'recording.listen-own');
    if (denied) return denied;
    const row = await this.rows.findOneBy({ id: recordingId, startedAt: Not(IsNull()) });
    if (row && (await this.access.mayHear(actor, row.callId))) return row;
    // The same answer for "not yours" and "unknown", so that ids cannot be tried out.
    await this.readings.refused(actor, `recording:${recordingId}`);
    return refuse('recording.not-found', { recordingId });
  }

  private get rows() {
    return this.source.getRepository(recordingEntity);
  }
}

function notReady(row: RecordingRow): Refusal {
  return refuse('recording.not-ready', { recordingId: row.id, state: row.state });
}

function recordingOf(row: RecordingRow): Recording {
  if (!row.startedAt) throw new Error(`recording ${row.id}: its beginning is not known`);
  const { id, callId, state, durationMs, sha256, bytes, failure } = row;
  const startedAt = row.startedAt.toISOString();
  return {
    id,
    callId,
    state,
    startedAt,
    durationMs,
    sha256,
    bytes,
    channels: ['customer', 'agent'],
    failure,
  };
}
