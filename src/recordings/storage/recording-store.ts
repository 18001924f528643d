import type { Readable } from 'node:stream';

/** Bytes `from` to `to`, both included. */
export interface ByteRange {
  from: number;
  to: number;
}

/** An object being written. Nobody sees it before `commit`. */
export interface PendingObject {
  /** Resolves when the next chunk may be handed in. */
  write(chunk: Uint8Array): Promise<void>;
  /** Makes it durable, then visible under its key as a whole, replacing what was there. */
  commit(): Promise<void>;
  /** Drops what was written; harmless after a failed `commit`. */
  discard(): Promise<void>;
}

/**
 * Where recordings rest. Readers and writers are streams so that a store may sit elsewhere or encrypt on the way; sizes
 * and ranges are always those of the recording itself.
 */
export abstract class RecordingStore {
  /** Begins an object. Whatever an earlier, interrupted writer of the same key left is dropped. */
  abstract begin(key: string): Promise<PendingObject>;
  /** Bytes of the object, or null when there is none. */
  abstract size(key: string): Promise<number | null>;
  /** Opens the object, or a range of it. Throws when there is none. */
  abstract open(key: string, range?: ByteRange): Promise<Readable>;
}

/** Where a recording rests: by the day it began (UTC), so that no folder grows without end. */
export function recordingKey(recordingId: string, startedAt: Date): string {
  return `${startedAt.toISOString().slice(0, 10).replaceAll('-', '/')}/${recordingId}.ogg`;
}
