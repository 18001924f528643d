import { describe, expect, it } from '@jest/globals';
import { renderWav } from '../simulated/simulated-audio.js';
import { isCompleteWav, wavHeaderBytes } from './wav-header.js';

describe('a WAV file that Asterisk writes', () => {
  const file = renderWav([{ at: 0, says: 440, hears: [] }], 100, 'says');

  it('is complete when both lengths are in', () => {
    expect(isCompleteWav(file.subarray(0, wavHeaderBytes), file.length)).toBe(true);
  });

  it('is not complete while it grows', () => {
    const growing = Buffer.from(file.subarray(0, wavHeaderBytes));
    growing.writeUInt32LE(0, 4);
    growing.writeUInt32LE(0, 40);
    expect(isCompleteWav(growing, file.length)).toBe(false);
    expect(isCompleteWav(growing, wavHeaderBytes)).toBe(false);
    expect(isCompleteWav(file.subarray(0, 20), 20)).toBe(false);
    expect(isCompleteWav(file.subarray(0, wavHeaderBytes), file.length + 320)).toBe(false);
  });
});
