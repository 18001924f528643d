import type { Alarm } from '@contracts/floor';

/** The feed: open alarms first, the newest on top; then those somebody took. */
export function alarmOrder(alarms: readonly Alarm[]): Alarm[] {
  return [...alarms].sort(
    (a, b) =>
      Number(a.acknowledgedBy !== null) - Number(b.acknowledgedBy !== null) ||
      Date.parse(b.at) - Date.parse(a.at) ||
      a.id.localeCompare(b.id),
  );
}
