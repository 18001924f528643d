import { growingWaitMs } from '../../kernel/growing-wait.js';

/** Failures that are forgiven: a page that was reloaded at a bad moment, a phone with yesterday's account. */
export const freeFailures = 4;
/** Failures older than this are forgotten, unless others followed. */
export const rememberedMs = 15 * 60_000;
const firstMs = 4_000;
const longestMs = 15 * 60_000;

/** For how long an address is shut out after so many failures: twice as long each time, from 4 s to a quarter of an hour. */
export function shutOutMs(failures: number): number {
  return growingWaitMs(failures, { free: freeFailures, firstMs, longestMs });
}

/** An alarm is raised at the first shut-out, and again at 20, 40, 80 … failures of an address that does not stop. */
export function alarms(failures: number): boolean {
  if (failures === freeFailures + 1) return true;
  const doublings = Math.log2(failures / 20);
  return doublings >= 0 && Number.isInteger(doublings);
}
