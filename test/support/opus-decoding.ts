import { Decoder } from '@evan/opus';
import { BufferSource, EncodedPacketSink, Input, OGG } from 'mediabunny';

/** What a listener hears of an Ogg Opus file: 48 kHz, the start and end trimmed as the file says. */
export interface DecodedStereo {
  sampleRate: 48_000;
  durationMs: number;
  left: Int16Array;
  right: Int16Array;
}

/** Decodes a stereo Ogg Opus file completely. */
export async function decodeOggOpus(file: Buffer): Promise<DecodedStereo> {
  using input = new Input({ source: new BufferSource(file), formats: [OGG] });
  const track = await input.getPrimaryAudioTrack();
  if (!track) throw new Error('no audio track');
  const head = Buffer.from(file.subarray(file.indexOf('OpusHead')));
  const skip = head.readUInt16LE(10);
  const decoder = new Decoder({ channels: 2, sample_rate: 48_000 });
  const decoded: Buffer[] = [];
  for await (const packet of new EncodedPacketSink(track).packets()) {
    decoded.push(Buffer.from(decoder.decode(packet.data)));
  }
  const durationMs = (await input.computeDuration()) * 1_000;
  const all = Buffer.concat(decoded);
  const frames = Math.min(all.length / 4 - skip, Math.round(durationMs * 48));
  const channel = (offset: number) =>
    Int16Array.from({ length: frames }, (_, i) => all.readInt16LE((i + skip) * 4 + offset));
  return { sampleRate: 48_000, durationMs, left: channel(0), right: channel(2) };
}
