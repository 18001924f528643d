import { describe, expect, it } from '@jest/globals';
import { toneSamples, wavFile } from '../../test/builders/tone-wav.js';
import { hearsTone } from '../../test/support/phones/tone-detector.js';
import { parseWav } from '../../test/support/phones/wav.js';
import { isRefusal } from '../kernel/refusal.js';
import { convertPrompt } from './convert.js';

const longestMs = 5_000;
const codeOf = async (file: Buffer) => {
  const made = await convertPrompt(file, longestMs);
  return isRefusal(made) ? made.code : 'converted';
};
const tone = (ms: number, rate = 44_100, level = 0.5) =>
  wavFile(toneSamples([{ ms, hertz: 660, level }], rate), rate);

describe('an uploaded prompt', () => {
  it('becomes what the engine plays best', async () => {
    const made = await convertPrompt(tone(1_500, 44_100, 0.01), longestMs);
    if (isRefusal(made)) throw new Error(made.code);
    expect(made).toMatchObject({ format: 'wav', durationMs: 1_500 });
    const { sampleRate, channels } = parseWav(made.wav);
    expect([sampleRate, channels.length]).toEqual([16_000, 1]);
    expect(hearsTone(channels[0] ?? new Int16Array(), 660, 16_000)).toBe(true);
    // A whisper of 0.01 was made as loud as every prompt.
    expect(Math.max(...(channels[0]?.subarray(2_000, 20_000) ?? []))).toBeGreaterThan(4_000);
  });

  it.each([
    ['prompt.empty', Buffer.alloc(0)],
    ['prompt.empty', tone(100)],
    ['prompt.too-long', tone(5_100, 8_000)],
    ['prompt.silent', tone(1_000, 16_000, 0)],
    ['prompt.wrong-kind', Buffer.from('没有声音的文字'.repeat(50))],
    ['prompt.wrong-kind', Buffer.from('\x89PNG\r\n\x1a\n'.repeat(100), 'latin1')],
  ])('is refused: %s', async (code, file) => {
    expect(await codeOf(file)).toBe(code);
  });
});
