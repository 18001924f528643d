import type { FlowStepOf, HoursSpan } from '../../contracts/flow.js';
import { houseMoment } from '../../contracts/house-calendar.js';

type Hours = Pick<FlowStepOf<'hours'>, 'weekly' | 'special'>;

/** Whether the house is open at that moment (ms since the epoch), by its own clock. A special day replaces its weekday. */
export function isOpen({ weekly, special }: Hours, at: number, timeZone: string): boolean {
  const { date: today, time, weekday } = houseMoment(at, timeZone);
  const day = special.find(({ date }) => date === today);
  const spans = day ? day.spans : weekly.filter(({ days }) => days.some((each) => each === weekday));
  return spans.some((span) => contains(span, time.slice(0, 5)));
}

const contains = ({ from, to }: HoursSpan, clock: string): boolean => from <= clock && clock < to;
