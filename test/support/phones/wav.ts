/** A WAV file taken apart: 16-bit PCM samples of each channel. */
export interface Wav {
  sampleRate: number;
  channels: Int16Array[];
}

/** Reads a 16-bit PCM WAV; throws when it is anything else. */
export function parseWav(file: Buffer): Wav {
  if (file.toString('latin1', 0, 4) !== 'RIFF' || file.toString('latin1', 8, 12) !== 'WAVE')
    throw new Error('not a WAV file');
  let channelCount = 0;
  let sampleRate = 0;
  for (let at = 12; at + 8 <= file.length; ) {
    const name = file.toString('latin1', at, at + 4);
    const length = file.readUInt32LE(at + 4);
    if (name === 'fmt ') {
      if (file.readUInt16LE(at + 8) !== 1 || file.readUInt16LE(at + 22) !== 16)
        throw new Error('not 16-bit PCM');
      channelCount = file.readUInt16LE(at + 10);
      sampleRate = file.readUInt32LE(at + 12);
    }
    if (name === 'data') {
      const frames = Math.floor(Math.min(length, file.length - at - 8) / 2 / channelCount);
      const channels = Array.from({ length: channelCount }, (_, channel) =>
        Int16Array.from({ length: frames }, (__, frame) =>
          file.readInt16LE(at + 8 + (frame * channelCount + channel) * 2),
        ),
      );
      return { sampleRate, channels };
    }
    at += 8 + length + (length % 2);
  }
  throw new Error('WAV file without data');
}
