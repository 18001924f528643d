/**
 * The house's clock and calendar, whatever zone the machine or the browser is in: from the tables of zones that JavaScript
 * itself has. Days that are not 24 hours long, and hours that come twice or not at all, are as the zone has them.
 */

/** What the house's clock and calendar show. */
export interface HouseMoment {
  /** `2026-10-01` */
  date: string;
  /** `09:05:00` */
  time: string;
  /** Monday is 1. */
  weekday: number;
}

const dayMs = 86_400_000;
const formats = new Map<string, Intl.DateTimeFormat>();
/** A zone is dear to look up, and few are asked for. */
function formatFor(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known) return known;
  const numbers = { year: 'numeric', month: '2-digit', day: '2-digit' } as const;
  const clock = { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' } as const;
  const format = new Intl.DateTimeFormat('en-US', { timeZone, ...numbers, ...clock });
  formats.set(timeZone, format);
  return format;
}

/** The house's time at a moment (ms since the epoch). */
export function houseMoment(at: number, timeZone: string): HouseMoment {
  const parts = Object.fromEntries(
    formatFor(timeZone)
      .formatToParts(at)
      .map(({ type, value }) => [type, value]),
  );
  const date = `${parts.year}-${parts.month}-${parts.day}`;
  const weekday = new Date(date).getUTCDay() || 7;
  return { date, time: `${parts.hour}:${parts.minute}:${parts.second}`, weekday };
}

/** The first moment of a house day `2026-10-01`: midnight, or what comes instead where midnight is skipped. */
export function houseDayStart(date: string, timeZone: string): number {
  const midnight = Date.parse(date);
  const candidates = [midnight - dayMs, midnight + dayMs]
    .map((nearby) => midnight - aheadOfUtc(nearby, timeZone))
    .filter((at) => houseMoment(at, timeZone).date === date);
  return Math.min(...candidates);
}

/** The day after, `2026-10-02`. */
export function nextDay(date: string): string {
  return new Date(Date.parse(date) + dayMs).toISOString().slice(0, 10);
}

/** The first moment of the house's day that a moment lies in. */
export function houseDayStartAt(at: number, timeZone: string): number {
  return houseDayStart(houseMoment(at, timeZone).date, timeZone);
}

/** By how many ms the house's clock is ahead of UTC. */
function aheadOfUtc(at: number, timeZone: string): number {
  const { date, time } = houseMoment(at, timeZone);
  return Date.parse(`${date}T${time}Z`) - Math.floor(at / 1_000) * 1_000;
}
