import { houseDayStart, houseDayStartAt, houseMoment } from '../../src/contracts/house-calendar.js';
import { isOpen } from '../../src/flows/domain/opening-hours.js';
import { dayPartAt } from '../../src/standard/domain/script.js';
import { defaultPolicy } from '../../src/standard/policy/default-policy.js';

/** Prints what the house's clock says: run in processes of other zones (house-calendar.spec.ts). */
const moments: [string, string][] = [
  ['2026-10-01T15:59:59Z', 'Asia/Shanghai'],
  ['2026-10-01T16:00:00Z', 'Asia/Shanghai'],
  // Berlin's clocks go forward and back, New York's too; Cairo has days without a midnight, Havana's midnight comes twice.
  ['2026-03-29T00:59:59Z', 'Europe/Berlin'],
  ['2026-03-29T01:00:00Z', 'Europe/Berlin'],
  ['2026-10-25T00:30:00Z', 'Europe/Berlin'],
  ['2026-10-25T01:30:00Z', 'Europe/Berlin'],
  ['2026-11-01T05:30:00Z', 'America/New_York'],
  ['2026-11-02T04:59:59Z', 'America/New_York'],
  ['2026-04-24T00:00:00Z', 'Africa/Cairo'],
  ['2026-11-01T04:30:00Z', 'America/Havana'],
  ['2026-11-01T05:30:00Z', 'America/Havana'],
];
const officeHours = { weekly: [{ days: [4 as const], from: '23:00', to: '24:00' }], special: [] };
const told = moments.map(([iso, zone]) => {
  const at = Date.parse(iso);
  const { date, time, weekday } = houseMoment(at, zone);
  return `${date} ${time} ${weekday} since ${new Date(houseDayStartAt(at, zone)).toISOString()}`;
});
const hours = [0, 1, 2].map((hour) => {
  const at = Date.parse('2026-10-01T14:30:00Z') + hour * 3_600_000;
  return `${isOpen(officeHours, at, 'Asia/Shanghai')} ${dayPartAt(defaultPolicy, at, 'Asia/Shanghai').en}`;
});
const longDays = ['2026-03-29', '2026-10-25', '2026-10-26'].map((date) =>
  new Date(houseDayStart(date, 'Europe/Berlin')).toISOString(),
);
process.stdout.write(JSON.stringify({ told, hours, longDays }));
