import { Decoder as OpusDecoder } from '@evan/opus';
import { OggVorbisDecoder } from '@wasm-audio-decoders/ogg-vorbis';
import { AudioSampleSink, EncodedPacketSink, type InputAudioTrack } from 'mediabunny';
import { MPEGDecoder } from 'mpg123-decoder';
import { oggPieces } from './ogg-pieces.js';

/** A stretch of decoded audio: one array of samples a channel, -1 to 1. */
export interface AudioChunk {
  channels: readonly Float32Array[];
  sampleRate: number;
}

/** What was uploaded cannot be decoded, or not for the most part. */
export class CorruptAudio extends Error {
  constructor(why: string) {
    super(`corrupt audio: ${why}`);
    this.name = 'CorruptAudio';
  }
}

const opusRate = 48_000;

/** WAV: mediabunny itself knows every width of it. */
export async function* decodePcm(track: InputAudioTrack): AsyncGenerator<AudioChunk> {
  for await (using sample of new AudioSampleSink(track).samples()) {
    const { numberOfFrames, numberOfChannels, sampleRate } = sample;
    const channels = Array.from({ length: numberOfChannels }, (_, planeIndex) => {
      const plane = new Float32Array(numberOfFrames);
      sample.copyTo(plane, { format: 'f32-planar', planeIndex });
      return plane;
    });
    yield { channels, sampleRate };
  }
}

export async function* decodeMp3(track: InputAudioTrack): AsyncGenerator<AudioChunk> {
  const decoder = new MPEGDecoder();
  await decoder.ready;
  try {
    for await (const { data } of new EncodedPacketSink(track).packets()) {
      const { channelData, sampleRate, errors } = decoder.decodeFrame(data);
      if (errors.length > 0) throw new CorruptAudio(errors[0]?.message ?? 'frame');
      yield { channels: channelData, sampleRate };
    }
  } finally {
    decoder.free();
  }
}

export async function* decodeOpus(track: InputAudioTrack): AsyncGenerator<AudioChunk> {
  const stereo = (await track.getNumberOfChannels()) > 1;
  const decoder = new OpusDecoder({ channels: stereo ? 2 : 1, sample_rate: opusRate });
  for await (const { data } of new EncodedPacketSink(track).packets()) {
    const pcm = decoder.decode(data);
    const interleaved = new Int16Array(pcm.buffer, pcm.byteOffset, pcm.byteLength / 2);
    yield { channels: planes(interleaved, stereo ? 2 : 1), sampleRate: opusRate };
  }
}

/** Takes the file and not the track: this decoder reads Ogg itself. */
export async function* decodeVorbis(file: Buffer): AsyncGenerator<AudioChunk> {
  const decoder = new OggVorbisDecoder();
  await decoder.ready;
  try {
    for (const piece of oggPieces(file)) {
      const { channelData, sampleRate, samplesDecoded } = await decoder.decode(piece);
      // Before its first sample it knows neither rate nor channels, and says anything.
      if (samplesDecoded > 0) yield { channels: channelData, sampleRate };
    }
    const { channelData, sampleRate, samplesDecoded } = await decoder.flush();
    if (samplesDecoded > 0) yield { channels: channelData, sampleRate };
  } finally {
    decoder.free();
  }
}

function planes(interleaved: Int16Array, count: number): Float32Array[] {
  return Array.from({ length: count }, (_, channel) =>
    Float32Array.from(
      { length: interleaved.length / count },
      (__, i) => (interleaved[i * count + channel] ?? 0) / 32_768,
    ),
  );
}
