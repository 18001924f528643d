/**
 * Peaks as pixel columns of an axis: the loudest of each column's stretch, 0 outside of the recording. More pixels than
 * peaks repeat a peak, so that a short call has no gaps.
 */
export function peakColumns(
  peaks: readonly number[],
  peaksPerSecond: number,
  axis: { fromMs: number; untilMs: number },
  width: number,
): Float32Array {
  const columns = new Float32Array(width);
  const msPerColumn = (axis.untilMs - axis.fromMs) / width;
  const indexAt = (ms: number) => (ms / 1000) * peaksPerSecond;
  for (let column = 0; column < width; column++) {
    const first = Math.floor(indexAt(axis.fromMs + column * msPerColumn));
    const last = Math.max(first + 1, Math.ceil(indexAt(axis.fromMs + (column + 1) * msPerColumn)));
    let loudest = 0;
    for (let index = Math.max(0, first); index < Math.min(last, peaks.length); index++)
      loudest = Math.max(loudest, peaks[index] ?? 0);
    columns[column] = loudest;
  }
  return columns;
}
