/** `3:07`, `1:02:09`; with tenths `3:07.4`. A negative time (before the recording) keeps its sign. */
export function clockText(ms: number, tenths = false): string {
  const sign = ms < 0 ? '−' : '';
  const units = tenths ? Math.floor(Math.abs(ms) / 100) : Math.floor(Math.abs(ms) / 1000) * 10;
  const seconds = Math.floor(units / 10);
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor(seconds / 60) % 60;
  const two = (value: number) => String(value).padStart(2, '0');
  const head = hours > 0 ? `${hours}:${two(minutes)}` : `${minutes}`;
  return `${sign}${head}:${two(seconds % 60)}${tenths ? `.${units % 10}` : ''}`;
}

/** `4.2` for 4 200 ms: seconds as a figure; whole from a minute on, where tenths say nothing. */
export function secondsText(ms: number): string {
  return ms < 60_000 ? (ms / 1000).toFixed(1).replace(/\.0$/, '') : String(Math.round(ms / 1000));
}

/** A customer's number as the lists show it: `138••••6021`. Short numbers (extensions) stay whole. */
export function maskedNumber(number: string): string {
  return number.length < 8 ? number : `${number.slice(0, 3)}••••${number.slice(-4)}`;
}

/** Milliseconds between two ISO times; null when one is missing. */
export function between(from: string | null, until: string | null): number | null {
  return from === null || until === null ? null : Date.parse(until) - Date.parse(from);
}
