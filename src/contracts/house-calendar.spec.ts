import { execFileSync } from 'node:child_process';
import { expect, it } from '@jest/globals';

const script = new URL('../../test/support/house-days.ts', import.meta.url).pathname;
const loader = new URL('../../test/support/typescript/register.mjs', import.meta.url).href;

it.each(['UTC', 'Europe/Berlin', 'America/New_York'])(
  'the day and the hour are the house’s, on a machine in %s',
  (TZ) => {
    const out = execFileSync(process.execPath, ['--import', loader, script], { env: { ...process.env, TZ } });
    expect(JSON.parse(String(out))).toEqual({
      told: [
        '2026-10-01 23:59:59 4 since 2026-09-30T16:00:00.000Z',
        '2026-10-02 00:00:00 5 since 2026-10-01T16:00:00.000Z',
        '2026-03-29 01:59:59 7 since 2026-03-28T23:00:00.000Z',
        '2026-03-29 03:00:00 7 since 2026-03-28T23:00:00.000Z',
        '2026-10-25 02:30:00 7 since 2026-10-24T22:00:00.000Z',
        '2026-10-25 02:30:00 7 since 2026-10-24T22:00:00.000Z',
        '2026-11-01 01:30:00 7 since 2026-11-01T04:00:00.000Z',
        '2026-11-01 23:59:59 7 since 2026-11-01T04:00:00.000Z',
        '2026-04-24 03:00:00 5 since 2026-04-23T22:00:00.000Z',
        '2026-11-01 00:30:00 7 since 2026-11-01T04:00:00.000Z',
        '2026-11-01 00:30:00 7 since 2026-11-01T04:00:00.000Z',
      ],
      hours: ['false Good evening', 'true Good evening', 'false Good evening'],
      longDays: ['2026-03-28T23:00:00.000Z', '2026-10-24T22:00:00.000Z', '2026-10-25T23:00:00.000Z'],
    });
  },
);
