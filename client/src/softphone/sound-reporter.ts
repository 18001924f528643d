import type { SoundSample } from '@contracts/sound-quality';
import { createStore } from 'zustand/vanilla';
import { readStats, type SoundReading, sampleBetween } from './sound-stats';

/** What the desk shows of the sound now; null: no call, or nothing measured yet. */
export const soundNow = createStore<{ sample: SoundSample | null }>()(() => ({ sample: null }));

export interface SoundPorts {
  /** The connection's counters; null when it is gone. */
  stats: () => Promise<Iterable<Readonly<Record<string, unknown>>> | null>;
  send: (sample: SoundSample) => Promise<void>;
  after: (ms: number, action: () => void) => () => void;
}

const everyMs = 5_000;

/** Measures one leg of a call from its beginning to `stop`: every few seconds a sample is shown and sent. */
export class SoundReporter {
  private before: SoundReading | null = null;
  private cancel: () => void = () => undefined;
  private stopped = false;

  constructor(private readonly ports: SoundPorts) {}

  start(): void {
    void this.measure();
  }

  stop(): void {
    this.stopped = true;
    this.cancel();
    soundNow.setState({ sample: null });
  }

  private async measure(): Promise<void> {
    try {
      await this.look();
    } catch (error) {
      // The connection closes, or the socket is away for a moment: the call is not about this.
      console.warn('the sound could not be measured', error);
    }
    if (!this.stopped) this.cancel = this.ports.after(everyMs, () => void this.measure());
  }

  private async look(): Promise<void> {
    const stats = await this.ports.stats();
    const now = stats && readStats(stats);
    if (this.stopped) return;
    const sample = this.before && now ? sampleBetween(this.before, now) : null;
    this.before = now;
    soundNow.setState({ sample });
    if (sample) await this.ports.send(sample);
  }
}
