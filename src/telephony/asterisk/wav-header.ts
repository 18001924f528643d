export const wavHeaderBytes = 44;

/** Asterisk writes both lengths when it closes the file; until then they are 0. */
export function isCompleteWav(head: Buffer, totalBytes: number): boolean {
  if (head.length < wavHeaderBytes || head.toString('latin1', 0, 4) !== 'RIFF') return false;
  return head.readUInt32LE(4) === totalBytes - 8 && head.readUInt32LE(40) === totalBytes - wavHeaderBytes;
}

/** Samples a second, by the header; throws for what is no WAV. */
export function sampleRateOf(wav: Buffer): number {
  if (wav.length < wavHeaderBytes || wav.toString('latin1', 0, 4) !== 'RIFF')
    throw new Error('not a WAV file');
  return wav.readUInt32LE(24);
}
