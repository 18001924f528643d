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
import { isRefusal, type Refusal, refuse } from '../../kernel/refusal.js';
import { Resampler } from '../domain/resample.js';
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
  /** The mean of all channels, at the rate that was wanted. */
  samples: Float32Array;
}

/** How long the audio may be, and at which rate it is wanted. */
export interface Wanted {
  longestMs: number;
  sampleRate: number;
}

/** What microphones and studios make; a file that says more is made to cost us something. */
const rates = { lowest: 8_000, highest: 192_000 };
const mostChannels = 2;

interface Decoding {
  format: AudioFormat;
  chunks: AsyncGenerator<AudioChunk>;
}

/** Decodes an uploaded file by what is in it, whatever it is called. Refuses what is no audio, cannot be read or is too long. */
export async function decodeAudio(file: Buffer, wanted: Wanted): Promise<DecodedAudio | Refusal> {
  if (file.length === 0) return refuse('prompt.empty');
  using input = new Input({ formats: [WAVE, MP3, OGG, MP4, QTFF], source: new BufferSource(file) });
  try {
    const decoding = await decodingOf(input, file);
    if (isRefusal(decoding)) return decoding;
    return decoding ? await gather(decoding, wanted) : refuse('prompt.wrong-kind');
  } catch (error) {
    if (error instanceof UnsupportedInputFormatError) return refuse('prompt.wrong-kind');
    // Decoders throw errors of no class of their own for bytes that make no sense.
    return refuse('prompt.corrupt', { why: error instanceof Error ? error.message.slice(0, 200) : '' });
  }
}

async function decodingOf(input: Input, file: Buffer): Promise<Decoding | Refusal | undefined> {
  await input.getFormat();
  const track = await input.getPrimaryAudioTrack();
  if (!track) {
    const hasTracks = (await input.getTracks()).length > 0;
    if (!hasTracks) throw new CorruptAudio('no tracks');
    return undefined;
  }
  const [sampleRate, channels] = [await track.getSampleRate(), await track.getNumberOfChannels()];
  return beyondLimits(sampleRate, channels) ?? byCodec(track, await track.getCodec(), file);
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

/** Before anything is decoded: what the file says of itself. */
function beyondLimits(sampleRate: number, channels: number): Refusal | undefined {
  const fits = sampleRate >= rates.lowest && sampleRate <= rates.highest && channels <= mostChannels;
  return fits ? undefined : refuse('prompt.wrong-kind', { sampleRate, channels });
}

/** Decodes, mixes and resamples stretch by stretch: only what is wanted is kept. */
async function gather({ format, chunks }: Decoding, wanted: Wanted): Promise<DecodedAudio | Refusal> {
  const parts: Float32Array[] = [];
  let resampler: Resampler | undefined;
  let [length, sampleRate] = [0, 0];
  for await (const chunk of chunks) {
    sampleRate ||= chunk.sampleRate;
    if (chunk.sampleRate !== sampleRate) throw new CorruptAudio('the rate changes');
    const beyond = beyondLimits(chunk.sampleRate, chunk.channels.length);
    if (beyond) return beyond;
    length += chunk.channels[0]?.length ?? 0;
    if (length > (wanted.longestMs / 1_000) * sampleRate)
      return refuse('prompt.too-long', { longestMs: wanted.longestMs });
    resampler ??= new Resampler(sampleRate, wanted.sampleRate);
    parts.push(resampler.push(mixDown(chunk.channels)));
  }
  if (resampler) parts.push(resampler.end());
  return { format, samples: joined(parts) };
}

function joined(parts: readonly Float32Array[]): Float32Array {
  const samples = new Float32Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    samples.set(part, at);
    at += part.length;
  }
  return samples;
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
