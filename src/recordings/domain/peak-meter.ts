/** Values a second and channel in a stored waveform: 20 ms each, one frame. */
export const peaksPerSecond = 50;

/** Gathers one channel's waveform: the largest level of each frame, 0–255. */
export class PeakMeter {
  private levels = new Uint8Array(1024);
  private count = 0;

  /** Takes one frame of samples. */
  add(frame: Int16Array): void {
    let largest = 0;
    for (const sample of frame) {
      const level = sample < 0 ? -sample : sample;
      if (level > largest) largest = level;
    }
    if (this.count === this.levels.length) {
      const larger = new Uint8Array(this.levels.length * 2);
      larger.set(this.levels);
      this.levels = larger;
    }
    this.levels[this.count++] = Math.min(255, Math.ceil((largest * 255) / 32767));
  }

  /** The waveform so far. */
  peaks(): Uint8Array {
    return this.levels.slice(0, this.count);
  }
}

/** A stored level as the waveform shows it: 0–1, three decimals. */
export function peakValues(levels: Uint8Array): number[] {
  return Array.from(levels, (level) => Math.round((level / 255) * 1000) / 1000);
}
