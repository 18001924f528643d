import { Readable } from 'node:stream';
import type { RecordingFiles } from '../port/engine.js';
import { renderWav } from './simulated-audio.js';
import type { SimulatedExchange } from './simulated-exchange.js';
import type { SimulatedLeg } from './simulated-leg.js';

/** Begins to note what the leg says and hears. */
export function startRecording(exchange: SimulatedExchange, leg: SimulatedLeg, recordingId: string): void {
  const { legId } = leg;
  leg.recordingId = recordingId;
  exchange.recordings.set(recordingId, { recordingId, legId, changes: [], endedAt: undefined });
  exchange.noteAudio();
  exchange.tell({ kind: 'recording.started', at: exchange.clock.now(), legId, recordingId });
}

/** Ends the recording; nothing when it is not the one that runs. */
export function stopRecording(exchange: SimulatedExchange, leg: SimulatedLeg, recordingId: string): void {
  const recording = exchange.recordings.get(recordingId);
  if (!recording || leg.recordingId !== recordingId) return;
  leg.recordingId = undefined;
  const at = exchange.clock.now();
  recording.endedAt = at;
  exchange.tell({ kind: 'recording.finished', at, legId: leg.legId, recordingId });
}

/** Tells again of every finished recording that is still there: it may have ended while nobody listened. */
export function tellFinished(exchange: SimulatedExchange): void {
  for (const { recordingId, legId, endedAt } of exchange.recordings.values())
    if (endedAt !== undefined) exchange.tell({ kind: 'recording.finished', at: endedAt, legId, recordingId });
}

/** The sound of a finished recording, drawn from what was noted. */
export function recordedFiles(exchange: SimulatedExchange, recordingId: string): RecordingFiles {
  const recording = exchange.recordings.get(recordingId);
  if (recording?.endedAt === undefined) throw new Error(`no recording ${recordingId}`);
  const { changes, endedAt } = recording;
  const stream = (side: 'says' | 'hears') => Readable.from([renderWav(changes, endedAt, side)]);
  return { customer: stream('says'), agent: stream('hears') };
}
