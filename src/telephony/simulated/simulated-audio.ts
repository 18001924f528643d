/** What a party says: the frequency of a tone in Hz, 0 for silence. */
export type Said = number;

/** The pitch that stands for hold music, and the one that stands for any prompt. */
export const musicHz = 262;
export const promptHz = 660;

/** From when on a leg said and heard this. */
export interface AudioChange {
  at: number;
  says: Said;
  hears: readonly Said[];
}

export const simulatedSampleRate = 16_000;
const level = 0.2 * 32767;

/** Renders one side of a recording as a WAV file: the sum of the tones of each stretch. */
export function renderWav(changes: readonly AudioChange[], endedAt: number, side: 'says' | 'hears'): Buffer {
  const startedAt = changes[0]?.at ?? endedAt;
  const samples = Math.round(((endedAt - startedAt) * simulatedSampleRate) / 1000);
  const file = Buffer.alloc(44 + samples * 2);
  writeHeader(file, samples);
  changes.forEach((change, index) => {
    const from = sampleAt(change.at - startedAt);
    const to = Math.min(samples, sampleAt((changes[index + 1]?.at ?? endedAt) - startedAt));
    const tones = (side === 'says' ? [change.says] : change.hears).filter((tone) => tone > 0);
    if (tones.length === 0) return;
    for (let sample = from; sample < to; sample++) {
      const sum = tones.reduce(
        (total, tone) => total + Math.sin((2 * Math.PI * tone * sample) / simulatedSampleRate),
        0,
      );
      file.writeInt16LE(Math.round((level * sum) / tones.length), 44 + sample * 2);
    }
  });
  return file;
}

function sampleAt(ms: number): number {
  return Math.round((ms * simulatedSampleRate) / 1000);
}

function writeHeader(file: Buffer, samples: number): void {
  file.write('RIFF', 0, 'latin1');
  file.writeUInt32LE(36 + samples * 2, 4);
  file.write('WAVEfmt ', 8, 'latin1');
  file.writeUInt32LE(16, 16);
  file.writeUInt16LE(1, 20);
  file.writeUInt16LE(1, 22);
  file.writeUInt32LE(simulatedSampleRate, 24);
  file.writeUInt32LE(simulatedSampleRate * 2, 28);
  file.writeUInt16LE(2, 32);
  file.writeUInt16LE(16, 34);
  file.write('data', 36, 'latin1');
  file.writeUInt32LE(samples * 2, 40);
}
