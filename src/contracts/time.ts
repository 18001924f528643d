import { z } from 'zod';

/** Times and numbers that come from outside: within what the house, JavaScript and PostgreSQL all can mean by them. */

const [firstYear, lastYear] = [2000, 2100];
const inReach = (date: string) => {
  const year = Number(date.slice(0, 4));
  return year >= firstYear && year <= lastYear;
};
const outOfReach = `the year must be ${firstYear} to ${lastYear}`;

/** A moment, as ISO text in UTC. */
export const instant = z.iso.datetime({ abort: true }).refine(inReach, outOfReach);
/** A day of the house's calendar: `2026-10-01`. */
export const calendarDay = z.iso.date({ abort: true }).refine(inReach, outOfReach);

const dayMs = 86_400_000;
/** No length that the house sets is longer than a day; sums with the time of day stay dates. */
export const durationMs = z.number().int().positive().max(dayMs);

/** The number of a version or revision, as PostgreSQL's `integer` holds it. */
export const versionNumber = z.number().int().min(0).max(2_147_483_647);
/** The same in an address. */
export const versionParam = z.coerce.number().int().positive().max(2_147_483_647);

/** A zone that this machine's calendar knows. */
export const timeZoneName = z
  .string()
  .max(64)
  .refine((zone) => {
    try {
      return new Intl.DateTimeFormat('en', { timeZone: zone }).format(0) !== '';
    } catch (error) {
      if (error instanceof RangeError) return false;
      throw error;
    }
  }, 'must be a time zone such as Asia/Shanghai');
