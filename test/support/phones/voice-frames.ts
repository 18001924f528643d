import { encodeALaw } from './a-law.js';

/** 20 ms at 8 kHz. */
export const frameSamples = 160;
const framesOfSecond = 50;

/** Frames are made once and sent many times: dozens of phones speak out of one process. */
export const silence = Buffer.alloc(frameSamples, encodeALaw(0));
const tones = new Map<string, readonly Buffer[]>();

/** A tone that goes round after a second, as every tone of whole hertz does. */
export function toneFrames(hertz: number, level: number): readonly Buffer[] {
  if (!Number.isInteger(hertz)) throw new Error(`a tone of whole hertz, not ${hertz}`);
  if (hertz === 0) return [silence];
  const key = `${hertz} ${level}`;
  const known = tones.get(key);
  if (known) return known;
  const amplitude = level * 32767;
  const second = Int16Array.from({ length: framesOfSecond * frameSamples }, (_, index) =>
    Math.round(amplitude * Math.sin((2 * Math.PI * hertz * index) / 8000)),
  );
  const frames = framesOf(second);
  tones.set(key, frames);
  return frames;
}

/** The last one is filled up with silence. */
export function framesOf(samples: Int16Array): Buffer[] {
  return Array.from({ length: Math.ceil(samples.length / frameSamples) }, (_, index) => {
    const frame = Buffer.from(silence);
    const from = index * frameSamples;
    samples.subarray(from, from + frameSamples).forEach((sample, at) => {
      frame[at] = encodeALaw(sample);
    });
    return frame;
  });
}
