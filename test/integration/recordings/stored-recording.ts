import { DataSource } from 'typeorm';
import { encodeRecording } from '../../../src/recordings/ingest/encode-recording.js';
import { RecordingLedger } from '../../../src/recordings/recording-ledger.js';
import { RecordingStore, recordingKey } from '../../../src/recordings/storage/recording-store.js';
import { streamOf, wavFile } from '../../builders/tone-wav.js';
import type { Api } from '../../support/api.js';

export interface StoredRecording {
  id: string;
  callId: string;
  startedAt: Date;
  customer: Int16Array;
  agent: Int16Array;
}

/** An ended call, as far as its recording asks: who may not see it may not hear it. */
export async function endedCall(api: Api, callId: string, startedAt: Date): Promise<void> {
  await api.get(DataSource).query(
    `insert into calls (id, version, state, outcome, direction, channel, from_number, from_name, dialled,
       policy_version, arrived_at, held_ms, holds, settled)
     values ($1, 1, 'ended', 'answered', 'inbound', 'trunk', '13800001111', '', '8000', 1, $2, 0, 0, true)`,
    [callId, startedAt],
  );
}

/** A recording that the ingest has brought home, in the running API. Returns its hash. */
export async function storeRecording(api: Api, recording: StoredRecording): Promise<string> {
  const { id, callId, startedAt, customer, agent } = recording;
  const [ledger, store] = [api.get(RecordingLedger), api.get(RecordingStore)];
  await ledger.started(id, callId, startedAt);
  await ledger.finished(id, callId);
  const key = recordingKey(id, startedAt);
  const pending = await store.begin(key);
  const files = { customer: streamOf(wavFile(customer)), agent: streamOf(wavFile(agent)) };
  const made = await encodeRecording(files, (chunk) => pending.write(chunk));
  await pending.commit();
  const row = await ledger.byId(id);
  if (!row) throw new Error('the recording is not there');
  await ledger.stored(row, key, made);
  return made.sha256;
}
