import dayjs from 'dayjs';
import timezone from 'dayjs/plugin/timezone.js';
import utc from 'dayjs/plugin/utc.js';
import type { FlowStepOf, HoursSpan } from '../../contracts/flow.js';

dayjs.extend(utc);
dayjs.extend(timezone);

type Hours = Pick<FlowStepOf<'hours'>, 'weekly' | 'special'>;

/** Whether the house is open at that moment (ms since the epoch), by its own clock. A special day replaces its weekday. */
export function isOpen({ weekly, special }: Hours, at: number, timeZone: string): boolean {
  const local = dayjs(at).tz(timeZone);
  const clock = local.format('HH:mm');
  const day = special.find(({ date }) => date === local.format('YYYY-MM-DD'));
  // Sunday is 0 to dayjs and 7 here.
  const weekday = local.day() || 7;
  const spans = day ? day.spans : weekly.filter(({ days }) => days.some((each) => each === weekday));
  return spans.some((span) => contains(span, clock));
}

const contains = ({ from, to }: HoursSpan, clock: string): boolean => from <= clock && clock < to;
