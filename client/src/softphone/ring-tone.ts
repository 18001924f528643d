import { audioContext } from './audio-context';
import { burstsFrom, type RingTimer } from './ring-cadence';

/** The national ringing tone. */
const toneHz = 450;
const onMs = 1_000;
const fadeSeconds = 0.01;

/** Plays the cadence from the place the call has reached; returns the stop. */
export function playRing(timer: RingTimer, now: number, volume: number): () => void {
  const context = audioContext();
  const gain = context.createGain();
  gain.gain.value = 0;
  gain.connect(context.destination);
  const tone = context.createOscillator();
  tone.frequency.value = toneHz;
  tone.connect(gain);
  const base = context.currentTime;
  for (const burst of burstsFrom(timer, now, onMs)) {
    const from = base + burst.fromMs / 1000;
    const until = base + burst.untilMs / 1000;
    gain.gain.setValueAtTime(0, from);
    gain.gain.linearRampToValueAtTime(volume, from + fadeSeconds);
    gain.gain.setValueAtTime(volume, Math.max(from + fadeSeconds, until - fadeSeconds));
    gain.gain.linearRampToValueAtTime(0, until);
  }
  tone.start();
  return () => {
    tone.stop();
    tone.disconnect();
    gain.disconnect();
  };
}
