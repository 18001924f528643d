let offsetMs = 0;

/** Learns the server's clock from a time it just told; the way of the message is neglected. */
export function noteServerTime(iso: string, localNow = Date.now()): void {
  const told = Date.parse(iso);
  if (Number.isFinite(told)) offsetMs = told - localNow;
}

/** Now, on the server's clock: what every timer on the screen counts with. */
export function serverNow(localNow = Date.now()): number {
  return localNow + offsetMs;
}
