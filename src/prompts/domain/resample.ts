/** Zero crossings of the filter at each side: enough that no alias of speech is heard on a telephone. */
const crossings = 12;
/** Of the lower of both rates: room for the filter's slope. */
const passband = 0.94;

/**
 * Changes the rate of mono audio by a windowed sinc, exact for every pair of whole rates, as the audio comes: no more of it
 * is kept than the filter lies over.
 */
export class Resampler {
  private readonly phases: number;
  private readonly step: number;
  private readonly reach: number;
  private readonly filters: Float32Array;
  private kept = new Float32Array(0);
  /** Which sample of all is the first of the kept ones, and how many came in. */
  private first = 0;
  private taken = 0;
  private made = 0;

  constructor(
    private readonly fromRate: number,
    private readonly toRate: number,
  ) {
    const divisor = greatestCommonDivisor(fromRate, toRate);
    this.phases = toRate / divisor;
    this.step = fromRate / divisor;
    const { filters, reach } = makeFilters(this.phases, Math.min(1, toRate / fromRate) * passband);
    this.filters = filters;
    this.reach = reach;
  }

  /** Takes the next stretch; returns what is sure by now. */
  push(samples: Float32Array): Float32Array {
    this.taken += samples.length;
    if (this.fromRate === this.toRate) return samples;
    const joined = new Float32Array(this.kept.length + samples.length);
    joined.set(this.kept);
    joined.set(samples, this.kept.length);
    this.kept = joined;
    return this.make(Math.floor(((this.taken - this.reach - 1) * this.phases) / this.step));
  }

  /** The rest: after the last sample there is silence. */
  end(): Float32Array {
    if (this.fromRate === this.toRate) return new Float32Array(0);
    return this.make(Math.floor((this.taken * this.toRate) / this.fromRate));
  }

  private make(until: number): Float32Array {
    const resampled = new Float32Array(Math.max(0, until - this.made));
    for (let i = 0; i < resampled.length; i++) {
      const at = (this.made + i) * this.step;
      const filterAt = (at % this.phases) * 2 * this.reach;
      const from = Math.floor(at / this.phases) - this.reach + 1 - this.first;
      resampled[i] = weigh(this.kept, from, this.filters, filterAt, this.reach);
    }
    this.made += resampled.length;
    this.forget(Math.floor((this.made * this.step) / this.phases) - this.reach - this.first);
    return resampled;
  }

  private forget(samples: number): void {
    if (samples <= 0) return;
    const forgotten = Math.min(samples, this.kept.length);
    this.kept = this.kept.slice(forgotten);
    this.first += forgotten;
  }
}

/** The filter as it lies over the samples for each place between two of them. */
function makeFilters(phases: number, cutoff: number): { filters: Float32Array; reach: number } {
  const reach = Math.ceil(crossings / cutoff);
  const filters = new Float32Array(phases * 2 * reach);
  for (let phase = 0; phase < phases; phase++) {
    for (let tap = 0; tap < 2 * reach; tap++) {
      const distance = tap - reach + 1 - phase / phases;
      filters[phase * 2 * reach + tap] = cutoff * sinc(cutoff * distance) * hann(distance / reach);
    }
  }
  return { filters, reach };
}

function weigh(
  samples: Float32Array,
  first: number,
  filters: Float32Array,
  filterAt: number,
  reach: number,
): number {
  let sum = 0;
  const [from, to] = [Math.max(0, -first), Math.min(2 * reach, samples.length - first)];
  for (let tap = from; tap < to; tap++) {
    sum += (samples[first + tap] ?? 0) * (filters[filterAt + tap] ?? 0);
  }
  return sum;
}

function sinc(x: number): number {
  return x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
}

function hann(x: number): number {
  return Math.abs(x) >= 1 ? 0 : 0.5 + 0.5 * Math.cos(Math.PI * x);
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}
