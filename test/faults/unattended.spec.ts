import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { kinds } from '../e2e/call-book.js';
import { music } from '../e2e/voices.js';
import { eventually } from '../support/eventually.js';
import type { SipCall } from '../support/phones/sip-call.js';
import { FaultHouse } from './support/fault-house.js';

describe('callers arrive while no API process is connected to Asterisk', () => {
  let house: FaultHouse;
  beforeAll(async () => {
    house = await FaultHouse.open();
  }, 90_000);
  afterAll(() => house.close(), 60_000);

  it('hear music, are let in in the order in which they called, and are served in it', async () => {
    const agent = await house.agent('801');
    await house.api.kill();
    const callers: SipCall[] = [];
    for (const number of ['13900000001', '13900000002', '13900000003']) {
      const caller = await house.customer(number);
      await music(caller);
      callers.push(caller);
    }
    callers[1]?.hangUp();
    await house.api.run();
    await agent.comesBack();
    for (const index of [0, 2]) {
      await agent.rings();
      expect(agent.desk?.fromNumber).toBe(`139****000${index + 1}`);
      await agent.answers();
      const record = await house.book.record(`1390000000${index + 1}`);
      expect(kinds(record).slice(0, 4)).toEqual([
        'call.arrived',
        'engine.gap',
        'line.opened',
        'queue.entered',
      ]);
      callers[index]?.hangUp();
      await agent.wrapsUp();
    }
    const records = await house.book.calls();
    expect(records.map(({ fromNumber }) => fromNumber).sort()).toEqual(['139****0001', '139****0003']);
    const first = await house.book.record('13900000001');
    const [arrived, gap] = first.timeline;
    expect(gap?.data).toMatchObject({ from: arrived?.at });
    await eventually(() => callers.every(({ state }) => state === 'ended'));
  }, 120_000);
});
