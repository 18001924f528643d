import { houseDayStart, houseMoment, nextDay } from '@contracts/house-calendar';

/** `11-23 14:05:09`, on the house's clock whatever the browser's is. */
export function houseTime(iso: string, timeZone: string): string {
  const { date, time } = houseMoment(Date.parse(iso), timeZone);
  return `${date.slice(5)} ${time}`;
}

/** `2026-11-23 14:05`. */
export function houseDateTime(iso: string, timeZone: string): string {
  const { date, time } = houseMoment(Date.parse(iso), timeZone);
  return `${date} ${time.slice(0, 5)}`;
}

/** First and last moment of house days `YYYY-MM-DD`, as the lists' filters want them. */
export function houseDays(from: string, until: string, timeZone: string): { since: string; until: string } {
  return {
    since: new Date(houseDayStart(from, timeZone)).toISOString(),
    until: new Date(houseDayStart(nextDay(until), timeZone) - 1).toISOString(),
  };
}
