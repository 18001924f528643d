import { audioContext } from './audio-context';
import { decibelsOf } from './levels';

export interface LevelMeter {
  /** Level of the last few hundredths of a second, dB below full scale (−100 for silence). */
  level(): number;
  close(): void;
}

/** Measures a stream without playing it. */
export function openLevelMeter(stream: MediaStream): LevelMeter {
  const context = audioContext();
  const source = context.createMediaStreamSource(stream);
  const analyser = context.createAnalyser();
  analyser.fftSize = 1024;
  source.connect(analyser);
  const samples = new Float32Array(analyser.fftSize);
  return {
    level() {
      analyser.getFloatTimeDomainData(samples);
      return decibelsOf(samples);
    },
    close() {
      source.disconnect();
    },
  };
}
