/** How long somebody waits who fails again and again. */
export interface WaitRule {
  /** Failures that cost nothing. */
  readonly free: number;
  readonly firstMs: number;
  readonly longestMs: number;
}

/** The wait after so many failures: none at first, then twice as long each time, up to the longest. */
export function growingWaitMs(failures: number, { free, firstMs, longestMs }: WaitRule): number {
  if (failures <= free) return 0;
  return Math.min(longestMs, firstMs * 2 ** Math.min(30, failures - free - 1));
}
