import { Readable } from 'node:stream';
import type { OriginalRecordings } from '../../../src/recordings/ingest/original-recordings.js';
import type { PendingObject, RecordingStore } from '../../../src/recordings/storage/recording-store.js';

/** Where in an ingest the process dies, in the order of the ingest. */
export const deaths = [
  'before the fetch',
  'half-way through the originals',
  'before the store opens a file',
  'half-way through writing',
  'before the file becomes visible',
  'after the file became visible',
  'half-way through reading back',
  'before the original is removed',
  'after the original was removed',
] as const;
export type Death = (typeof deaths)[number];

/** As a power cut would: nothing is tidied up, nothing more is sent. */
function die(): never {
  process.kill(process.pid, 'SIGKILL');
  throw new Error('unreachable: the process is dead');
}

/** Ports like the real ones, for the one recording and moment at which the process dies. */
export class Dying {
  constructor(
    private readonly recordingId: string,
    private readonly death: Death,
  ) {}

  originals(real: OriginalRecordings): OriginalRecordings {
    return {
      fetchRecording: async (recordingId) => {
        this.dieAt('before the fetch', recordingId);
        const files = await real.fetchRecording(recordingId);
        const customer = this.dyingStream(files.customer, recordingId, 'half-way through the originals');
        return { ...files, customer };
      },
      deleteRecording: async (recordingId) => {
        this.dieAt('before the original is removed', recordingId);
        await real.deleteRecording(recordingId);
        this.dieAt('after the original was removed', recordingId);
      },
    };
  }

  store(real: RecordingStore): RecordingStore {
    return {
      begin: async (key) => {
        this.dieAt('before the store opens a file', key);
        return this.pending(await real.begin(key), key);
      },
      size: (key) => real.size(key),
      open: async (key, range) =>
        this.dyingStream(await real.open(key, range), key, 'half-way through reading back'),
    };
  }

  private pending(real: PendingObject, key: string): PendingObject {
    let writes = 0;
    return {
      write: async (chunk) => {
        await real.write(chunk);
        if (++writes === 3) this.dieAt('half-way through writing', key);
      },
      commit: async () => {
        this.dieAt('before the file becomes visible', key);
        await real.commit();
        this.dieAt('after the file became visible', key);
      },
      discard: () => real.discard(),
    };
  }

  /** `about`: the recording's id, or a key that holds it. */
  private dieAt(death: Death, about: string): void {
    if (death === this.death && about.includes(this.recordingId)) die();
  }

  private dyingStream(real: Readable, about: string, death: Death): Readable {
    const dieAfterTheFirst = () => this.dieAt(death, about);
    return Readable.from(
      (async function* () {
        for await (const chunk of real) {
          yield chunk;
          dieAfterTheFirst();
        }
      })(),
      { objectMode: false },
    );
  }
}
