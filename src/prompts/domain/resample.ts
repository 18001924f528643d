/** Zero crossings of the filter at each side: enough that no alias of speech is heard on a telephone. */
const crossings = 12;
/** Of the lower of both rates: room for the filter's slope. */
const passband = 0.94;

/** Called about once a second of audio, so that long work lets others go on. */
export type Breathe = () => Promise<void>;

/** Changes the rate of mono audio by a windowed sinc, exact for every pair of whole rates. */
export async function resample(
  samples: Float32Array,
  fromRate: number,
  toRate: number,
  breathe: Breathe,
): Promise<Float32Array> {
  if (fromRate === toRate) return samples;
  const divisor = greatestCommonDivisor(fromRate, toRate);
  const [phases, step] = [toRate / divisor, fromRate / divisor];
  const { filters, reach } = makeFilters(phases, Math.min(1, toRate / fromRate) * passband);
  const resampled = new Float32Array(Math.floor((samples.length * toRate) / fromRate));
  for (let i = 0; i < resampled.length; i++) {
    if (i % toRate === 0) await breathe();
    const at = i * step;
    resampled[i] = weigh(
      samples,
      Math.floor(at / phases) - reach + 1,
      filters,
      (at % phases) * 2 * reach,
      reach,
    );
  }
  return resampled;
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
