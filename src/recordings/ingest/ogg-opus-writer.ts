import {
  AppendOnlyStreamTarget,
  EncodedAudioPacketSource,
  EncodedPacket,
  OggOutputFormat,
  Output,
} from 'mediabunny';
import { type OpusFrame, opusClock } from './opus-frames.js';

/** Short pages, so that a player that seeks reads little more than it plays. */
const pageSeconds = 1;

/** Packs Opus frames into an Ogg stream (RFC 7845) and hands its bytes to `write` in order. */
export async function writeOggOpus(
  frames: AsyncIterable<OpusFrame>,
  preSkip: number,
  inputRate: number,
  write: (chunk: Uint8Array) => Promise<void>,
): Promise<void> {
  const target = new AppendOnlyStreamTarget(new WritableStream<Uint8Array>({ write }));
  const output = new Output({ format: new OggOutputFormat({ maximumPageDuration: pageSeconds }), target });
  const track = new EncodedAudioPacketSource('opus');
  output.addAudioTrack(track);
  await output.start();
  const decoderConfig = {
    codec: 'opus',
    numberOfChannels: 2,
    sampleRate: opusClock,
    description: opusHead(preSkip, inputRate),
  };
  let at = 0;
  for await (const { data, ticks } of frames) {
    const packet = new EncodedPacket(data, 'key', at / opusClock, ticks / opusClock);
    await track.add(packet, { decoderConfig });
    at += ticks;
  }
  await output.finalize();
}

/** The identification header, channel mapping family 0: stereo (RFC 7845, section 5.1). */
function opusHead(preSkip: number, inputRate: number): Uint8Array {
  const head = Buffer.alloc(19);
  head.write('OpusHead', 'latin1');
  head.writeUInt8(1, 8);
  head.writeUInt8(2, 9);
  head.writeUInt16LE(preSkip, 10);
  head.writeUInt32LE(inputRate, 12);
  return head;
}
