import type { RecordingFiles } from '../../telephony/port/engine.js';

/**
 * The engine's own copies: the part of `TelephonyEngine` that ingest needs, so that a worker need not be connected to
 * what the engine tells.
 */
export abstract class OriginalRecordings {
  /** Throws when the files are not there. */
  abstract fetchRecording(recordingId: string): Promise<RecordingFiles>;
  /** Removes both files; harmless when they have gone. */
  abstract deleteRecording(recordingId: string): Promise<void>;
}
