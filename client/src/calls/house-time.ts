import dayjs from 'dayjs';
import timezone from 'dayjs/plugin/timezone';
import utc from 'dayjs/plugin/utc';

dayjs.extend(utc);
dayjs.extend(timezone);

/** `11-23 14:05:09`, on the house's clock whatever the browser's is. */
export function houseTime(iso: string, timeZone: string): string {
  return dayjs(iso).tz(timeZone).format('MM-DD HH:mm:ss');
}

/** `2026-11-23 14:05`. */
export function houseDateTime(iso: string, timeZone: string): string {
  return dayjs(iso).tz(timeZone).format('YYYY-MM-DD HH:mm');
}

/** First and last moment of house days `YYYY-MM-DD`, as the lists' filters want them. */
export function houseDays(from: string, until: string, timeZone: string): { since: string; until: string } {
  return {
    since: dayjs.tz(from, timeZone).startOf('day').toISOString(),
    until: dayjs.tz(until, timeZone).endOf('day').toISOString(),
  };
}
