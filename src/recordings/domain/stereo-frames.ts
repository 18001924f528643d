/** One stretch of both channels; equally long, except that the last may be shorter than a frame. */
export interface StereoFrame {
  /** Samples in each channel. */
  length: number;
  left: Int16Array;
  right: Int16Array;
}

/**
 * Both channels cut into frames of `frameSamples`, side by side. The shorter channel goes on in silence until the longer
 * one ends; only the last frame may be short.
 */
export async function* stereoFrames(
  left: AsyncIterable<Int16Array>,
  right: AsyncIterable<Int16Array>,
  frameSamples: number,
): AsyncGenerator<StereoFrame> {
  const channels = [cut(left, frameSamples), cut(right, frameSamples)] as const;
  try {
    for (;;) {
      const [a, b] = await Promise.all([channels[0].next(), channels[1].next()]);
      if (a.done && b.done) return;
      const l = a.done ? new Int16Array(0) : a.value;
      const r = b.done ? new Int16Array(0) : b.value;
      const length = Math.max(l.length, r.length);
      yield { length, left: stretch(l, length), right: stretch(r, length) };
    }
  } finally {
    // When one side fails or the reader stops, both sources are let go.
    await Promise.allSettled(channels.map((channel) => channel.return(undefined)));
  }
}

async function* cut(samples: AsyncIterable<Int16Array>, size: number): AsyncGenerator<Int16Array> {
  let frame = new Int16Array(size);
  let filled = 0;
  for await (const chunk of samples) {
    for (let at = 0; at < chunk.length; ) {
      const part = chunk.subarray(at, at + size - filled);
      frame.set(part, filled);
      filled += part.length;
      at += part.length;
      if (filled === size) {
        yield frame;
        frame = new Int16Array(size);
        filled = 0;
      }
    }
  }
  if (filled > 0) yield frame.slice(0, filled);
}

function stretch(samples: Int16Array, length: number): Int16Array {
  if (samples.length === length) return samples;
  const longer = new Int16Array(length);
  longer.set(samples);
  return longer;
}
