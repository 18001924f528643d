import { createHash } from 'node:crypto';
import { CustomSource, Input, OGG } from 'mediabunny';
import type { RecordingStore } from '../storage/recording-store.js';
import type { EncodedRecording } from './encode-recording.js';

const toleranceMs = 2;

/** What the store gives back is not what was written into it. */
export class StoredCopyDiffers extends Error {
  constructor(what: string) {
    super(`stored copy differs: ${what}`);
    this.name = 'StoredCopyDiffers';
  }
}

/**
 * Reads the stored recording back as a listener would get it: every byte by its hash, and that it is stereo Opus of the
 * right length by its header and its last page. Throws `StoredCopyDiffers`.
 */
export async function verifyStored(
  store: RecordingStore,
  key: string,
  expected: Pick<EncodedRecording, 'sha256' | 'bytes' | 'durationMs'>,
): Promise<void> {
  const size = await store.size(key);
  if (size !== expected.bytes) throw new StoredCopyDiffers(`${size} bytes, not ${expected.bytes}`);
  const hash = createHash('sha256');
  for await (const chunk of await store.open(key)) hash.update(chunk);
  if (hash.digest('hex') !== expected.sha256) throw new StoredCopyDiffers('its hash');
  const found = await look(store, key, size);
  if (found.codec !== 'opus' || found.channels !== 2) {
    throw new StoredCopyDiffers(`${found.codec} with ${found.channels} channels`);
  }
  if (Math.abs(found.durationMs - expected.durationMs) > toleranceMs) {
    throw new StoredCopyDiffers(`${found.durationMs} ms, not ${expected.durationMs}`);
  }
}

async function look(store: RecordingStore, key: string, size: number) {
  const source = new CustomSource({
    getSize: () => size,
    read: async (start, end) =>
      Buffer.concat(await (await store.open(key, { from: start, to: end - 1 })).toArray()),
    prefetchProfile: 'fileSystem',
  });
  const input = new Input({ source, formats: [OGG] });
  try {
    const track = await input.getPrimaryAudioTrack();
    if (!track) throw new StoredCopyDiffers('no audio track');
    const durationMs = Math.round((await input.computeDuration()) * 1000);
    return { codec: await track.getCodec(), channels: await track.getNumberOfChannels(), durationMs };
  } finally {
    input.dispose();
  }
}
