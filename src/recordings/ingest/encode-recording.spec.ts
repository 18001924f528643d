import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { streamOf, toneSamples, wavFile } from '../../../test/builders/tone-wav.js';
import { decodeOggOpus } from '../../../test/support/opus-decoding.js';
import { hearsTone, loudness, toneStrength } from '../../../test/support/phones/tone-detector.js';
import { peakValues } from '../domain/peak-meter.js';
import { NotWav } from '../domain/wav.js';
import { FileRecordingStore } from '../storage/file-recording-store.js';
import { encodeRecording } from './encode-recording.js';
import { StoredCopyDiffers, verifyStored } from './verify-stored.js';

async function encoded(customer: Buffer, agent: Buffer) {
  const chunks: Uint8Array[] = [];
  const files = { customer: streamOf(customer), agent: streamOf(agent) };
  const made = await encodeRecording(files, async (chunk) => {
    chunks.push(Uint8Array.from(chunk));
  });
  return { made, file: Buffer.concat(chunks) };
}

describe('a recording made from the two channels of the engine', () => {
  it.each([8_000, 16_000, 24_000, 48_000])('keeps each voice on its own channel at %i Hz', async (rate) => {
    const customer = wavFile(toneSamples([{ ms: 1_500, hertz: 440 }, { ms: 1_507 }], rate), rate);
    const agent = wavFile(toneSamples([{ ms: 1_500 }, { ms: 1_507, hertz: 1_000 }], rate), rate);
    const { made, file } = await encoded(customer, agent);
    expect(made).toMatchObject({ durationMs: 3_007, bytes: file.length });
    const heard = await decodeOggOpus(file);
    expect(Math.abs(heard.durationMs - 3_007)).toBeLessThanOrEqual(1);
    const [first, second] = [
      [4_800, 67_200],
      [76_800, 139_200],
    ] as const;
    expect(hearsTone(heard.left.subarray(...first), 440, 48_000)).toBe(true);
    expect(hearsTone(heard.right.subarray(...second), 1_000, 48_000)).toBe(true);
    // A listener on one channel hears nothing of the other: 40 dB below.
    expect(toneStrength(heard.right.subarray(...first), 440, 48_000)).toBeLessThan(0.005);
    expect(toneStrength(heard.left.subarray(...second), 1_000, 48_000)).toBeLessThan(0.005);
  });

  it.each([8_000, 16_000])('keeps two who speak at once apart at %i Hz', async (rate) => {
    const customer = wavFile(toneSamples([{ ms: 3_000, hertz: 440 }], rate), rate);
    const agent = wavFile(toneSamples([{ ms: 3_000, hertz: 1_000 }], rate), rate);
    const { file } = await encoded(customer, agent);
    const { left, right } = await decodeOggOpus(file);
    for (let from = 9_600; from + 9_600 < left.length; from += 9_600) {
      const [said, answered] = [left, right].map((channel) => channel.subarray(from, from + 9_600));
      if (!said || !answered) throw new Error('no window');
      expect(toneStrength(said, 1_000, 48_000)).toBeLessThan(0.01 * toneStrength(answered, 1_000, 48_000));
      expect(toneStrength(answered, 440, 48_000)).toBeLessThan(0.01 * toneStrength(said, 440, 48_000));
    }
  });

  it('begins at the first sample: what was said at 500 ms is heard at 500 ms', async () => {
    const click = wavFile(toneSamples([{ ms: 500 }, { ms: 300, hertz: 800, level: 0.9 }, { ms: 200 }]));
    const { file } = await encoded(click, wavFile(toneSamples([{ ms: 1_000 }])));
    const { left } = await decodeOggOpus(file);
    const onset = left.findIndex((sample) => Math.abs(sample) > 8_000) / 48;
    expect(Math.abs(onset - 500)).toBeLessThan(10);
  });

  it('is as long as the longer channel; the shorter one ends in silence', async () => {
    const customer = wavFile(toneSamples([{ ms: 2_000, hertz: 440 }]));
    const agent = wavFile(toneSamples([{ ms: 700, hertz: 1_000 }]));
    const { made, file } = await encoded(customer, agent);
    expect(made.durationMs).toBe(2_000);
    const { left, right } = await decodeOggOpus(file);
    expect(hearsTone(left.subarray(67_200, 91_200), 440, 48_000)).toBe(true);
    expect(loudness(right.subarray(48_000))).toBeLessThan(0.005);
  });

  it('has everything that a killed engine left behind a header of zeros', async () => {
    const samples = toneSamples([{ ms: 1_000, hertz: 440 }]);
    const { made } = await encoded(wavFile(samples, 8_000, 0), wavFile(samples, 8_000, 320));
    expect(made.durationMs).toBe(1_000);
  });

  it('has the waveform of both channels, fifty values a second', async () => {
    const customer = wavFile(toneSamples([{ ms: 1_000, hertz: 450, level: 0.5 }, { ms: 1_000 }]));
    const { made } = await encoded(customer, wavFile(toneSamples([{ ms: 2_000 }])));
    const [left, right] = [peakValues(made.peaks.customer), peakValues(made.peaks.agent)];
    expect([left.length, right.length]).toEqual([100, 100]);
    expect(left.slice(0, 50).every((value) => Math.abs(value - 0.5) < 0.02)).toBe(true);
    expect(new Set([...left.slice(50), ...right])).toEqual(new Set([0]));
  });

  it('may be empty', async () => {
    const { made, file } = await encoded(wavFile(new Int16Array()), wavFile(new Int16Array()));
    expect(made.durationMs).toBe(0);
    expect((await decodeOggOpus(file)).durationMs).toBeLessThanOrEqual(1);
  });

  it('does not grow in memory with the length of the call', async () => {
    const second = Buffer.from(wavFile(toneSamples([{ ms: 1_000, hertz: 300 }])).subarray(44));
    let asked = 0;
    const long = () =>
      Readable.from(
        (function* () {
          yield wavFile(new Int16Array(), 8_000, 0);
          for (let i = 0; i < 200; i++) {
            asked++;
            yield second;
          }
        })(),
        { objectMode: false },
      );
    let writes = 0;
    let askedEarly = 0;
    const made = await encodeRecording({ customer: long(), agent: long() }, async () => {
      if (++writes === 20) askedEarly = asked / 2;
    });
    expect(made.durationMs).toBe(200_000);
    expect(writes).toBeGreaterThan(150);
    expect(askedEarly).toBeLessThan(60);
  });

  it('tells why it could not be written', async () => {
    const good = () => streamOf(wavFile(toneSamples([{ ms: 5_000 }])));
    const files = { customer: good(), agent: good() };
    const full = async () => {
      throw new Error('disk full');
    };
    await expect(encodeRecording(files, full)).rejects.toThrow('disk full');
    expect([files.customer.destroyed, files.agent.destroyed]).toEqual([true, true]);
  });

  it.each([
    ['text', Buffer.from('no audio here, but long enough to be looked at'), 'no RIFF'],
    ['nothing', Buffer.alloc(0), 'ended inside'],
  ])('is refused when a channel is %s', async (_name, broken, why) => {
    const good = wavFile(toneSamples([{ ms: 100 }]));
    await expect(encoded(good, broken)).rejects.toThrow(NotWav);
    await expect(encoded(broken, good)).rejects.toThrow(why);
  });
});

describe('a stored recording read back', () => {
  let root: string;
  beforeAll(async () => {
    root = await mkdtemp(join(tmpdir(), 'sanling-store-'));
  });
  afterAll(() => rm(root, { recursive: true }));

  async function stored(key: string) {
    const store = new FileRecordingStore(root);
    const { made, file } = await encoded(
      wavFile(toneSamples([{ ms: 3_000, hertz: 440 }])),
      wavFile(toneSamples([{ ms: 3_000, hertz: 1_000 }])),
    );
    const pending = await store.begin(key);
    await pending.write(file);
    expect(await store.size(key)).toBeNull();
    await pending.commit();
    return { store, made, file };
  }

  it('is what was written', async () => {
    const { store, made } = await stored('2026/03/02/a.ogg');
    await expect(verifyStored(store, '2026/03/02/a.ogg', made)).resolves.toBeUndefined();
  });

  it.each([
    ['a byte changed', (file: Buffer) => file.fill(file[1_000] === 0 ? 1 : 0, 1_000, 1_001), 'its hash'],
    ['its end cut off', (file: Buffer) => file.subarray(0, -300), 'bytes, not'],
  ])('is told apart with %s', async (name, spoil, what) => {
    const key = `${name.replaceAll(' ', '-')}.ogg`;
    const { store, made, file } = await stored(key);
    await writeFile(join(root, key), spoil(file));
    const reading = verifyStored(store, key, made);
    await expect(reading).rejects.toThrow(StoredCopyDiffers);
    await expect(reading).rejects.toThrow(what);
  });

  it('is told apart when it is not the audio that it should be', async () => {
    const { store, made } = await stored('c.ogg');
    await expect(verifyStored(store, 'c.ogg', { ...made, durationMs: 2_900 })).rejects.toThrow('3000 ms');
  });

  it('is never outside the store', async () => {
    await expect(new FileRecordingStore(root).size('../passwd')).rejects.toThrow('outside');
  });
});
