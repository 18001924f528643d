import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { ManualClock } from '../../../src/kernel/clock.js';
import { IngestLoop } from '../../../src/recordings/ingest/ingest-loop.js';
import type { OriginalRecordings } from '../../../src/recordings/ingest/original-recordings.js';
import { RecordingIngest } from '../../../src/recordings/ingest/recording-ingest.js';
import { RecordingLocks } from '../../../src/recordings/ingest/recording-locks.js';
import type { RecordingAccess } from '../../../src/recordings/recording-access.js';
import { RecordingLedger } from '../../../src/recordings/recording-ledger.js';
import { FileRecordingStore } from '../../../src/recordings/storage/file-recording-store.js';
import { toneSamples } from '../../builders/tone-wav.js';
import { eventually } from '../../support/eventually.js';
import { hearsTone } from '../../support/phones/tone-detector.js';
import { parseWav } from '../../support/phones/wav.js';
import { RecordingHouse, startedAt } from './recording-house.js';

const run = promisify(execFile);
const tone = toneSamples([{ ms: 1_200, hertz: 440 }]);
const other = toneSamples([{ ms: 1_200, hertz: 1_000 }]);

describe('the ingest of recordings', () => {
  let house: RecordingHouse;
  let clock: ManualClock;
  let ledger: RecordingLedger;
  let loops: IngestLoop[];
  const ended = new Map<string, Date>();
  const access: RecordingAccess = {
    mayHear: async () => false,
    callEndedAt: async (callId) => ended.get(callId) ?? null,
  };

  const startLoop = (originals: OriginalRecordings = house.originals) => {
    const store = new FileRecordingStore(join(house.home, 'recordings'));
    const ingest = new RecordingIngest(ledger, new RecordingLocks(house.source), originals, store);
    const loop = new IngestLoop(ledger, ingest, access, clock);
    loops.push(loop);
    loop.onApplicationBootstrap();
    return loop;
  };

  /** A recording in the engine; nothing has been told of it yet. */
  const recorded = async () => {
    const ids = { id: randomUUID(), callId: randomUUID() };
    await house.originals.put(ids.id, tone, other);
    return ids;
  };

  /** Waits for what the loops do at this time of the clock, which stands still meanwhile. */
  const soon = <T>(probe: () => Promise<T>) =>
    eventually(
      async () => {
        for (const loop of loops) loop.wake();
        return probe();
      },
      { withinMs: 15_000 },
    );

  const settled = (id: string) =>
    soon(async () => {
      const row = await house.row(id);
      return row?.originalRemovedAt && row;
    });

  beforeAll(async () => {
    house = await RecordingHouse.open();
  }, 60_000);
  afterAll(() => house[Symbol.asyncDispose](), 30_000);
  beforeEach(() => {
    clock = new ManualClock(startedAt.getTime() + 60_000);
    ledger = new RecordingLedger(house.source, clock);
    loops = [];
  });
  afterEach(async () => {
    await Promise.all(loops.map((loop) => loop.onApplicationShutdown()));
  });

  it('stores what another program plays: each voice on its side', async () => {
    const { id, callId } = await recorded();
    await ledger.started(id, callId, startedAt);
    await ledger.finished(id, callId);
    startLoop();
    expect(await settled(id)).toMatchObject({ state: 'stored', durationMs: 1_200, failure: null });
    const file = join(house.home, 'recordings', (await settled(id)).storageKey ?? '');
    const wav = join(house.home, 'heard.wav');
    await run('ffmpeg', ['-v', 'error', '-y', '-i', file, '-ar', '8000', '-c:a', 'pcm_s16le', wav]);
    const { channels, sampleRate } = parseWav(await readFile(wav));
    const [left, right] = channels;
    expect(Math.abs(((left?.length ?? 0) * 1_000) / sampleRate - 1_200)).toBeLessThanOrEqual(40);
    expect(left && hearsTone(left, 440)).toBe(true);
    expect(right && hearsTone(right, 1_000)).toBe(true);
  });

  it('does not mind the order of the events, nor hearing them again', async () => {
    const { id, callId } = await recorded();
    startLoop();
    await ledger.finished(id, callId);
    expect(await house.row(id)).toMatchObject({ state: 'finished', startedAt: null });
    await ledger.started(id, callId, startedAt);
    loops[0]?.wake();
    const row = await settled(id);
    await ledger.started(id, callId, new Date(0));
    await ledger.finished(id, callId);
    expect(await house.row(id)).toEqual(row);
    expect(row.startedAt).toEqual(startedAt);
  });

  it('keeps the reason of a failure and the original, and tries again later and later', async () => {
    const { id, callId } = await recorded();
    await ledger.started(id, callId, startedAt);
    await ledger.finished(id, callId);
    let healthy = false;
    startLoop({
      fetchRecording: async (recordingId) => {
        if (!healthy) throw new Error('engine unreachable');
        return house.originals.fetchRecording(recordingId);
      },
      deleteRecording: (recordingId) => house.originals.deleteRecording(recordingId),
    });
    for (const [attempts, delayMs] of [
      [1, 5_000],
      [2, 15_000],
      [3, 60_000],
    ] as const) {
      const row = await soon(async () => {
        const found = await house.row(id);
        return found?.attempts === attempts ? found : undefined;
      });
      expect(row).toMatchObject({ state: 'failed', failure: 'engine unreachable' });
      expect((row.nextAttemptAt?.getTime() ?? 0) - clock.now()).toBe(delayMs);
      expect(await house.originals.has(id)).toBe(true);
      if (attempts === 3) healthy = true;
      clock.advance(delayMs);
    }
    expect(await settled(id)).toMatchObject({ state: 'stored', failure: null });
  });

  it('keeps the original when the disk refuses, and leaves no half file', async () => {
    const { id, callId } = await recorded();
    await ledger.started(id, callId, new Date('2026-04-01T00:00:00Z'));
    await ledger.finished(id, callId);
    // The day's folder cannot be made: a file is in its place.
    await mkdir(join(house.home, 'recordings/2026'), { recursive: true });
    await writeFile(join(house.home, 'recordings/2026/04'), '');
    startLoop();
    await soon(async () => (await house.row(id))?.state === 'failed');
    expect((await house.row(id))?.failure).toMatch(/ENOTDIR|EEXIST/);
    expect([await house.originals.has(id), await house.storedFiles(id)]).toEqual([true, []]);
    await rm(join(house.home, 'recordings/2026/04'));
    clock.advance(5_000);
    expect(await settled(id)).toMatchObject({ storageKey: `2026/04/01/${id}.ogg` });
  });

  it('removes the original later when the engine does not answer then', async () => {
    const { id, callId } = await recorded();
    await ledger.started(id, callId, startedAt);
    await ledger.finished(id, callId);
    let refusals = 0;
    startLoop({
      fetchRecording: (recordingId) => house.originals.fetchRecording(recordingId),
      deleteRecording: async (recordingId) => {
        if (++refusals === 1) throw new Error('engine restarting');
        await house.originals.deleteRecording(recordingId);
      },
    });
    await soon(async () => (await house.row(id))?.attempts === 1);
    const before = await house.row(id);
    expect(before).toMatchObject({ state: 'stored', originalRemovedAt: null });
    clock.advance(5_000);
    expect(await settled(id)).toMatchObject({ sha256: before?.sha256, storedAt: before?.storedAt });
    expect(await house.originals.has(id)).toBe(false);
  });

  it('takes the files of a recording that was never said to be complete, once its call is over', async () => {
    const [over, lasting] = [await recorded(), await recorded()];
    for (const { id, callId } of [over, lasting]) await ledger.started(id, callId, startedAt);
    ended.set(over.callId, new Date(clock.now() - 61_000));
    startLoop();
    expect(await settled(over.id)).toMatchObject({ state: 'stored' });
    expect(await house.row(lasting.id)).toMatchObject({ state: 'recording', nextAttemptAt: null });
    expect(await house.originals.has(lasting.id)).toBe(true);
    ended.set(lasting.callId, new Date(clock.now()));
    clock.advance(61_000);
    expect(await settled(lasting.id)).toMatchObject({ state: 'stored' });
  });

  it('is done once when several workers see the same work', async () => {
    const made = await Promise.all(Array.from({ length: 6 }, recorded));
    const fetched: string[] = [];
    const counting: OriginalRecordings = {
      fetchRecording: (recordingId) => {
        fetched.push(recordingId);
        return house.originals.fetchRecording(recordingId);
      },
      deleteRecording: (recordingId) => house.originals.deleteRecording(recordingId),
    };
    for (const { id, callId } of made) {
      await ledger.started(id, callId, startedAt);
      await ledger.finished(id, callId);
    }
    for (let i = 0; i < 3; i++) startLoop(counting);
    for (const { id } of made) await settled(id);
    expect(fetched.sort()).toEqual(made.map(({ id }) => id).sort());
  });

  it('stops trying by itself after a week; the original stays', async () => {
    const { id, callId } = await recorded();
    await ledger.started(id, callId, startedAt);
    await ledger.finished(id, callId);
    const missing = { fetchRecording: () => Promise.reject(new Error('gone')) };
    startLoop({ ...missing, deleteRecording: (recordingId) => house.originals.deleteRecording(recordingId) });
    await soon(async () => (await house.row(id))?.attempts === 1);
    clock.advance(7 * 86_400_000);
    const row = await soon(async () => {
      const found = await house.row(id);
      return found?.nextAttemptAt === null ? found : undefined;
    });
    expect(row).toMatchObject({ state: 'failed', failure: 'gone' });
    expect(await house.originals.has(id)).toBe(true);
  });
});
