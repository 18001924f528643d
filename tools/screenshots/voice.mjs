import { writeFile } from 'node:fs/promises';

const SAMPLE_RATE = 48_000;
const TURN_S = 4;

/**
 * A microphone file of something shaped like speech: harmonics of a pitch in syllables, a turn of talking and a turn of
 * listening. Only its waveform is looked at.
 * @param {string} path
 * @param {number} pitch hertz
 * @param {number} turn 0 talks first, 1 listens first
 */
export async function writeVoice(path, pitch, turn) {
  const samples = new Int16Array(SAMPLE_RATE * TURN_S * 2);
  for (let i = 0; i < samples.length; i += 1) {
    const at = i / SAMPLE_RATE;
    if (Math.floor(at / TURN_S) !== turn) continue;
    const within = at % TURN_S;
    const syllable = Math.max(0, Math.sin(2 * Math.PI * 2.1 * within)) ** 0.7;
    const phrase = 0.35 + 0.65 * Math.abs(Math.sin(within * 1.9 + turn));
    const glide = pitch * (1 + 0.12 * Math.sin(within * 3.1));
    let wave = 0;
    for (let harmonic = 1; harmonic <= 8; harmonic += 1)
      wave += Math.sin(2 * Math.PI * glide * harmonic * within) / harmonic;
    samples[i] = Math.round(6_500 * syllable * phrase * wave);
  }
  const header = Buffer.alloc(44);
  header.write('RIFF', 0, 'latin1');
  header.writeUInt32LE(36 + samples.byteLength, 4);
  header.write('WAVEfmt ', 8, 'latin1');
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(1, 22);
  header.writeUInt32LE(SAMPLE_RATE, 24);
  header.writeUInt32LE(SAMPLE_RATE * 2, 28);
  header.writeUInt16LE(2, 32);
  header.writeUInt16LE(16, 34);
  header.write('data', 36, 'latin1');
  header.writeUInt32LE(samples.byteLength, 40);
  await writeFile(path, Buffer.concat([header, Buffer.from(samples.buffer)]));
  return path;
}
