import { createHash } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { RecordingFiles } from '../../telephony/port/engine.js';
import { PeakMeter, peaksPerSecond } from '../domain/peak-meter.js';
import { type StereoFrame, stereoFrames } from '../domain/stereo-frames.js';
import { openWav } from '../domain/wav.js';
import { writeOggOpus } from './ogg-opus-writer.js';
import { OpusFrames } from './opus-frames.js';

/** What was written, as found while writing it. */
export interface EncodedRecording {
  sha256: string;
  bytes: number;
  durationMs: number;
  /** 8-bit levels, `peaksPerSecond` a second. */
  peaks: { customer: Uint8Array; agent: Uint8Array };
}

/**
 * Turns the engine's two files into one stereo Ogg Opus stream, the customer left, the agent right, handing its bytes to
 * `write`. Nothing but the waveform grows with the length of the call.
 */
export async function encodeRecording(
  files: RecordingFiles,
  write: (chunk: Uint8Array) => Promise<void>,
): Promise<EncodedRecording> {
  try {
    const [customer, agent] = await Promise.all([openWav(files.customer), openWav(files.agent)]);
    if (customer.sampleRate !== agent.sampleRate) {
      throw new Error(`channels differ: ${customer.sampleRate} Hz and ${agent.sampleRate} Hz`);
    }
    const opus = new OpusFrames(customer.sampleRate);
    const meters = { customer: new PeakMeter(), agent: new PeakMeter() };
    const hash = createHash('sha256');
    let bytes = 0;
    let samples = 0;
    const measure = (frame: StereoFrame) => {
      samples += frame.length;
      meters.customer.add(frame.left);
      meters.agent.add(frame.right);
    };
    const frames = stereoFrames(customer.samples, agent.samples, opus.frameSamples);
    const encoded = opus.encode(takingTurns(frames), measure);
    await writeOggOpus(encoded, opus.preSkip, customer.sampleRate, async (chunk) => {
      hash.update(chunk);
      bytes += chunk.length;
      await write(chunk);
    });
    const durationMs = Math.round((samples * 1000) / customer.sampleRate);
    const peaks = { customer: meters.customer.peaks(), agent: meters.agent.peaks() };
    return { sha256: hash.digest('hex'), bytes, durationMs, peaks };
  } finally {
    files.customer.destroy();
    files.agent.destroy();
  }
}

/** Lets the process do its other work once a second of audio: encoding itself never waits. */
async function* takingTurns(frames: AsyncIterable<StereoFrame>): AsyncGenerator<StereoFrame> {
  let count = 0;
  for await (const frame of frames) {
    if (++count % peaksPerSecond === 0) await nextTurn();
    yield frame;
  }
}
