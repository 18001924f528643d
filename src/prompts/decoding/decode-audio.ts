import { setImmediate as nextTurn } from 'node:timers/promises';
import {
  type AudioCodec,
  BufferSource,
  Input,
  type InputAudioTrack,
  MP3,
  MP4,
  OGG,
  QTFF,
  UnsupportedInputFormatError,
  WAVE,
} from 'mediabunny';
import type { AudioFormat } from '../../contracts/prompt.js';
import { type Refusal, refuse } from '../../kernel/refusal.js';
import {
  type AudioChunk,
  CorruptAudio,
  decodeMp3,
  decodeOpus,
  decodePcm,
  decodeVorbis,
} from './packet-decoders.js';

export interface DecodedAudio {
  format: AudioFormat;
  sampleRate: number;
  /** The mean of all channels. */
  samples: Float32Array;
}

interface Decoding {
  format: AudioFormat;
  chunks: AsyncGenerator<AudioChunk>;
}

/** How much is decoded before others get their turn. */
const turnSamples = 48_000;

/** Decodes an uploaded file by what is in it, whatever it is called. Refuses what is no audio, cannot be read or is too long. */
export async function decodeAudio(file: Buffer, longestMs: number): Promise<DecodedAudio | Refusal> {
  if (file.length === 0) return refuse('prompt.empty');
  using input = new Input({ formats: [WAVE, MP3, OGG, MP4, QTFF], source: new BufferSource(file) });
  try {
    const decoding = await decodingOf(input, file);
    return decoding ? await gather(decoding, longestMs) : refuse('prompt.wrong-kind');
  } catch (error) {
    if (error instanceof UnsupportedInputFormatError) return refuse('prompt.wrong-kind');
    // Decoders throw errors of no class of their own for bytes that make no sense.
    return refuse('prompt.corrupt', { why: error instanceof Error ? error.message.slice(0, 200) : '' });
  }
}

async function decodingOf(input: Input, file: Buffer): Promise<Decoding | undefined> {
  await input.getFormat();
  const track = await input.getPrimaryAudioTrack();
  if (!track) {
    const hasTracks = (await input.getTracks()).length > 0;
    if (!hasTracks) throw new CorruptAudio('no tracks');
    return undefined;
  }
  return byCodec(track, await track.getCodec(), file);
}

async function byCodec(
  track: InputAudioTrack,
  codec: AudioCodec | null,
  file: Buffer,
): Promise<Decoding | undefined> {
  switch (codec) {
    case 'mp3':
      return { format: 'mp3', chunks: decodeMp3(track) };
    case 'opus':
      return { format: 'ogg-opus', chunks: decodeOpus(track) };
    case 'vorbis':
      return { format: 'ogg-vorbis', chunks: decodeVorbis(file) };
    default:
      return codec?.startsWith('pcm-') || codec === 'alaw' || codec === 'ulaw'
        ? { format: 'wav', chunks: decodePcm(track) }
        : undefined;
  }
}

async function gather({ format, chunks }: Decoding, longestMs: number): Promise<DecodedAudio | Refusal> {
  const parts: Float32Array[] = [];
  let [length, sampleRate, sinceTurn] = [0, 0, 0];
  for await (const chunk of chunks) {
    sampleRate ||= chunk.sampleRate;
    if (chunk.sampleRate !== sampleRate) throw new CorruptAudio('the rate changes');
    const mono = mixDown(chunk.channels);
    parts.push(mono);
    length += mono.length;
    if (length > (longestMs / 1_000) * sampleRate) return refuse('prompt.too-long', { longestMs });
    sinceTurn += mono.length;
    if (sinceTurn < turnSamples) continue;
    sinceTurn = 0;
    await nextTurn();
  }
  const samples = new Float32Array(length);
  let at = 0;
  for (const part of parts) {
    samples.set(part, at);
    at += part.length;
  }
  return { format, sampleRate, samples };
}

function mixDown(channels: readonly Float32Array[]): Float32Array {
  const [first, ...others] = channels;
  if (!first) return new Float32Array(0);
  // A copy also when there is one channel: decoders use their memory again.
  return first.map((sample, i) =>
    others.length === 0
      ? sample
      : others.reduce((sum, other) => sum + (other[i] ?? 0), sample) / channels.length,
  );
}
