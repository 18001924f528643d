/** A place on a time axis: `3:07`, `1:02:09`; with tenths `3:07.4`. Before the axis begins it keeps its sign. */
export function clockText(ms: number, tenths = false): string {
  const all = Math.floor(Math.abs(ms) / 100);
  const sign = ms < 0 && all >= (tenths ? 1 : 10) ? '−' : '';
  const seconds = Math.floor(all / 10);
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor(seconds / 60) % 60;
  const two = (value: number) => String(value).padStart(2, '0');
  const head = hours > 0 ? `${hours}:${two(minutes)}` : String(minutes);
  return `${sign}${head}:${two(seconds % 60)}${tenths ? `.${all % 10}` : ''}`;
}

/** Seconds as a figure: `4.2` for 4 200 ms; whole from a minute on, where tenths say nothing. */
export function secondsText(ms: number): string {
  return ms < 60_000 ? (ms / 1000).toFixed(1).replace(/\.0$/, '') : String(Math.round(ms / 1000));
}

/** Milliseconds between two ISO times; null when one is missing. */
export function between(from: string | null, until: string | null): number | null {
  return from === null || until === null ? null : Date.parse(until) - Date.parse(from);
}
