import { Readable } from 'node:stream';

/** A stretch of a generated recording; without a frequency it is silent. */
export interface ToneStretch {
  ms: number;
  hertz?: number;
  /** 0 to 1 of full scale. */
  level?: number;
}

/** 16-bit mono samples of the stretches, one after the other. */
export function toneSamples(stretches: readonly ToneStretch[], sampleRate = 8_000): Int16Array {
  const parts = stretches.map(({ ms, hertz = 0, level = 0.5 }) =>
    Int16Array.from({ length: Math.round((ms * sampleRate) / 1_000) }, (_, i) =>
      Math.round(32_767 * level * Math.sin((2 * Math.PI * hertz * i) / sampleRate)),
    ),
  );
  const all = new Int16Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

/**
 * A WAV as an engine leaves it. `statedBytes`: what its header says of its length, when that is not the truth (a killed
 * engine leaves 0).
 */
export function wavFile(samples: Int16Array, sampleRate = 8_000, statedBytes = samples.length * 2): Buffer {
  const header = Buffer.alloc(44);
  header.write('RIFF', 0, 'latin1');
  header.writeUInt32LE(statedBytes === 0 ? 0 : 36 + statedBytes, 4);
  header.write('WAVEfmt ', 8, 'latin1');
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(1, 22);
  header.writeUInt32LE(sampleRate, 24);
  header.writeUInt32LE(sampleRate * 2, 28);
  header.writeUInt16LE(2, 32);
  header.writeUInt16LE(16, 34);
  header.write('data', 36, 'latin1');
  header.writeUInt32LE(statedBytes, 40);
  return Buffer.concat([header, Buffer.from(samples.buffer, samples.byteOffset, samples.byteLength)]);
}

/** The file as a stream in chunks of an awkward size. */
export function streamOf(file: Buffer, chunkBytes = 1_021): Readable {
  const chunks = Array.from({ length: Math.ceil(file.length / chunkBytes) }, (_, i) =>
    file.subarray(i * chunkBytes, (i + 1) * chunkBytes),
  );
  return Readable.from(chunks, { objectMode: false });
}
