import { Encoder } from '@evan/opus';
import type { StereoFrame } from '../domain/stereo-frames.js';

/** Ogg Opus counts time in 1/48000 s, whatever was put in (RFC 7845, section 4). */
export const opusClock = 48_000;
export const frameMs = 20;
/** At 32 kbit/s libopus mixes the channels when both speak: a fifth of one was heard on the other. At 64 it keeps them. */
const bitsPerSecond = 64_000;
/** libopus, OPUS_GET_LOOKAHEAD: how late the decoder's output is, in samples of the input. */
const getLookahead = 4027;

const sampleRates = [8_000, 12_000, 16_000, 24_000, 48_000] as const;
type OpusSampleRate = (typeof sampleRates)[number];

/** An encoded frame; `ticks` of it count, the rest of the last one is filling. */
export interface OpusFrame {
  data: Uint8Array;
  ticks: number;
}

/** Encodes stereo 16-bit speech as Opus, left and right as they come. */
export class OpusFrames {
  /** Samples of each channel in a frame. */
  readonly frameSamples: number;
  /** What a player drops at the start, in 1/48000 s. */
  readonly preSkip: number;
  private readonly encoder: Encoder;
  private readonly ticksPerSample: number;

  constructor(sampleRate: number) {
    if (!isOpusRate(sampleRate)) throw new Error(`Opus takes no ${sampleRate} Hz`);
    this.encoder = new Encoder({ channels: 2, sample_rate: sampleRate, application: 'voip' });
    this.encoder.bitrate = bitsPerSecond;
    this.encoder.signal = 'voice';
    this.ticksPerSample = opusClock / sampleRate;
    this.frameSamples = (sampleRate * frameMs) / 1000;
    this.preSkip = this.encoder.ctl(getLookahead) * this.ticksPerSample;
  }

  /**
   * The encoded frames of `source`, with silence added at the end until the decoder has given the last sample out.
   * `seen` is told of each frame before it is encoded.
   */
  async *encode(
    source: AsyncIterable<StereoFrame>,
    seen: (frame: StereoFrame) => void,
  ): AsyncGenerator<OpusFrame> {
    const frameTicks = this.frameSamples * this.ticksPerSample;
    let due = this.preSkip;
    let given = 0;
    for await (const frame of source) {
      seen(frame);
      due += frame.length * this.ticksPerSample;
      const ticks = Math.min(frameTicks, due - given);
      given += ticks;
      yield { data: this.encodeFrame(frame), ticks };
    }
    for (; given < due; given += frameTicks) {
      yield { data: this.encodeFrame(undefined), ticks: Math.min(frameTicks, due - given) };
    }
  }

  private encodeFrame(frame: StereoFrame | undefined): Uint8Array {
    const interleaved = new Int16Array(this.frameSamples * 2);
    for (let i = 0; frame && i < frame.length; i++) {
      interleaved[i * 2] = frame.left[i] ?? 0;
      interleaved[i * 2 + 1] = frame.right[i] ?? 0;
    }
    const data = this.encoder.encode(interleaved);
    // The native library hands out nothing, without a word, once it was loaded twice into one process.
    if (data.length === 0) throw new Error('the Opus encoder gave an empty frame');
    return data;
  }
}

function isOpusRate(rate: number): rate is OpusSampleRate {
  return (sampleRates as readonly number[]).includes(rate);
}
