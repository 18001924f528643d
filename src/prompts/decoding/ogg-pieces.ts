const pageHeaderBytes = 27;
/** Of Vorbis: identification, comments, set-up. */
const headerPackets = 3;

/**
 * An Ogg file page by page: a page ends at most 255 packets, and so stands for a few seconds of silence at the most. The
 * headers come with the first audio, for the decoder reads nonsense out of half of them.
 */
export function* oggPieces(file: Buffer): Generator<Buffer> {
  let [begun, at, packets] = [0, 0, 0];
  while (at + pageHeaderBytes <= file.length && file.toString('latin1', at, at + 4) === 'OggS') {
    const lacing = file.subarray(at + pageHeaderBytes, at + pageHeaderBytes + (file[at + 26] ?? 0));
    at += pageHeaderBytes + lacing.length + lacing.reduce((sum, bytes) => sum + bytes, 0);
    packets += lacing.filter((bytes) => bytes < 255).length;
    if (packets <= headerPackets) continue;
    yield file.subarray(begun, at);
    begun = at;
  }
}
