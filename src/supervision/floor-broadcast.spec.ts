import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Floor } from '../contracts/floor.js';
import { ManualClock } from '../kernel/clock.js';
import { Announcements } from '../platform/announcements/announcements.js';
import { Realtime } from '../platform/realtime/realtime.js';
import { AlarmsService } from './alarms.service.js';
import { FloorService } from './floor.service.js';
import { FloorBroadcast } from './floor-broadcast.js';

/** A part of the class is enough here; anything else would fail loudly. */
function partOf<T extends object>(type: { prototype: T }, part: Partial<T>): T {
  return Object.assign(Object.create(type.prototype) as T, part);
}

describe('telling the floor', () => {
  const clock = new ManualClock();
  let waiting: number;
  let broken: boolean;
  let told: Floor[];
  let raised: () => void;
  let announcements: Announcements;
  let broadcast: FloorBroadcast;
  beforeEach(() => {
    waiting = 0;
    broken = false;
    told = [];
    announcements = new Announcements();
    const floor = partOf(FloorService, {
      snapshot: async () => {
        if (broken) throw new Error('the database is away');
        const at = new Date(clock.now()).toISOString();
        return { at, queues: [], agents: [], calls: [], alarms: [], waiting } as Floor;
      },
    });
    const realtime = partOf(Realtime, {
      toRoom: (room: string, event: string, payload: unknown) => {
        expect([room, event]).toEqual(['floor', 'floor.changed']);
        told.push(payload as Floor);
      },
    } as Partial<Realtime>);
    const alarms = partOf(AlarmsService, {
      onChanged: (listener) => {
        raised = listener;
      },
    });
    broadcast = new FloorBroadcast(floor, alarms, realtime, announcements, clock);
    broadcast.onModuleInit();
  });

  afterEach(() => broadcast.onModuleDestroy());

  const changes = () => announcements.announce({ kind: 'call.advanced', callId: 'any', facts: [] });
  /** Lets 100 ms and what follows from them pass, so often. */
  async function passes(tenths: number): Promise<void> {
    for (let tenth = 0; tenth < tenths; tenth += 1) {
      clock.advance(100);
      await new Promise(setImmediate);
    }
  }

  it('tells at most four times a second, and the last state in any case', async () => {
    for (let change = 1; change <= 20; change += 1) {
      waiting = change;
      changes();
      await passes(1);
    }
    expect(told.length).toBeGreaterThan(2);
    expect(told.length).toBeLessThanOrEqual(8);
    await passes(3);
    expect(told.at(-1)).toMatchObject({ waiting: 20 });
    const gaps = told
      .slice(1)
      .map((floor, index) => Date.parse(floor.at) - Date.parse(told[index]?.at ?? ''));
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(250);
  });

  it('is silent when nothing is different, and when nothing happened', async () => {
    changes();
    await passes(5);
    expect(told).toHaveLength(1);
    changes();
    await passes(5);
    raised();
    await passes(5);
    expect(told).toHaveLength(1);
    await passes(10);
    waiting = 1;
    await passes(20);
    expect(told).toHaveLength(1);
    raised();
    await passes(5);
    expect(told).toHaveLength(2);
  });

  it('looks once more after a change, for what was counted too early', async () => {
    changes();
    await passes(4);
    waiting = 1;
    await passes(20);
    expect(told).toHaveLength(2);
    await passes(10);
    waiting = 2;
    await passes(20);
    expect(told).toHaveLength(2);
  });

  it('tells a quiet floor again, so that the board knows it to be true', async () => {
    changes();
    await passes(5);
    expect(told).toHaveLength(1);
    await passes(320);
    expect(told.length).toBeGreaterThanOrEqual(3);
    const ages = told
      .slice(1)
      .map((floor, index) => Date.parse(floor.at) - Date.parse(told[index]?.at ?? ''));
    expect(Math.max(...ages)).toBeLessThan(12_000);
  });

  it('goes on after a snapshot failed', async () => {
    broken = true;
    changes();
    await passes(5);
    expect(told).toHaveLength(0);
    broken = false;
    changes();
    await passes(5);
    expect(told).toHaveLength(1);
  });

  it('tells nobody any more once it is stopped', async () => {
    changes();
    await broadcast.onModuleDestroy();
    await passes(5);
    changes();
    await passes(5);
    expect(told).toHaveLength(0);
  });
});
