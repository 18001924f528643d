import { once } from 'node:events';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { toneSamples } from '../../builders/tone-wav.js';
import { eventually } from '../../support/eventually.js';
import { decodeOggOpus } from '../../support/opus-decoding.js';
import { hearsTone } from '../../support/phones/tone-detector.js';
import { deaths } from './dying.js';
import { RecordingHouse } from './recording-house.js';

const seconds = 1_000;

describe('a worker killed while it stores a recording', () => {
  let house: RecordingHouse;
  const recordings: string[] = [];

  beforeAll(async () => {
    house = await RecordingHouse.open();
  }, 60 * seconds);
  afterAll(() => house[Symbol.asyncDispose](), 60 * seconds);

  it.each(deaths)(
    '%s leaves the original, or a stored copy that is whole',
    async (at) => {
      const id = await house.record(
        toneSamples([{ ms: 5_000, hertz: 440 }]),
        toneSamples([{ ms: 5_000, hertz: 1_000 }]),
      );
      recordings.push(id);
      const worker = house.startWorker({ at, of: id });
      const [, signal] = await once(worker, 'exit');
      expect(signal).toBe('SIGKILL');
      const row = await house.row(id);
      if (await house.originals.has(id)) return;
      expect(row).toMatchObject({ state: 'stored', originalRemovedAt: null });
      expect((await house.storedAudio(id)).sha256).toBe(row?.sha256);
    },
    60 * seconds,
  );

  it(
    'again and again from outside, during a long one, harms nothing',
    async () => {
      const long = toneSamples([{ ms: 180_000, hertz: 440, level: 0.3 }]);
      const id = await house.record(long, long);
      recordings.push(id);
      for (const bytes of [1, 100_000, 200_000]) {
        const worker = house.startWorker();
        const partial = join(house.home, 'recordings/2026/03/02', `${id}.ogg.partial`);
        await eventually(async () => (await stat(partial)).size >= bytes, {
          // A job of a worker that died is given to another after 15 s, and on a busy machine a worker takes as long to start.
          withinMs: 90 * seconds,
          everyMs: 5,
        });
        worker.kill('SIGKILL');
        await once(worker, 'exit');
        expect(await house.originals.has(id)).toBe(true);
      }
    },
    300 * seconds,
  );

  it(
    'is followed by one that finishes everything: one file each, the right hash, the original removed once',
    async () => {
      const worker = house.startWorker();
      await eventually(
        async () => {
          const rows = await Promise.all(recordings.map((id) => house.row(id)));
          return rows.every((row) => row?.originalRemovedAt);
        },
        { withinMs: 60 * seconds },
      );
      expect(recordings).toHaveLength(deaths.length + 1);
      for (const id of recordings) {
        const row = await house.row(id);
        const { audio, sha256 } = await house.storedAudio(id);
        expect(await house.storedFiles(id)).toEqual([`2026/03/02/${id}.ogg`]);
        expect(row).toMatchObject({
          state: 'stored',
          sha256,
          bytes: audio.length,
          failure: null,
          nextAttemptAt: null,
        });
        expect(await house.originals.removals(id)).toBe(1);
        expect(await house.originals.has(id)).toBe(false);
      }
      const [first = ''] = recordings;
      const heard = await decodeOggOpus((await house.storedAudio(first)).audio);
      expect(Math.abs(heard.durationMs - 5_000)).toBeLessThanOrEqual(40);
      expect(hearsTone(heard.left.subarray(48_000, 96_000), 440, 48_000)).toBe(true);
      expect(hearsTone(heard.right.subarray(48_000, 96_000), 1_000, 48_000)).toBe(true);
      worker.kill('SIGTERM');
      const [code, signal] = await once(worker, 'exit');
      expect([code, signal]).not.toContain('SIGKILL');
    },
    120 * seconds,
  );
});
