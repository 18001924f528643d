import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { House, kinds } from './house.js';
import { RobotAgent } from './robot-agent.js';

/** The same agent on a second machine: one phone leads, and the call goes with it. */
describe('taking over on another machine', () => {
  let house: House;
  let second: RobotAgent | undefined;
  beforeAll(async () => {
    house = await House.open();
  });
  afterEach(async () => {
    await second?.leave();
    second = undefined;
    await house.clear();
  });
  afterAll(() => house.close());

  it('while it rings: it rings there, and no more on the first', async () => {
    const first = await house.agent('801');
    const customer = await house.customer('13800000061');
    const ringing = await first.rings();
    second = await RobotAgent.start(house.api, house.services, '801', '127.0.0.120');
    await second.answers();
    expect(ringing.state).toBe('ended');
    customer.hangUp();
    await second.wrapsUp();
    const record = await house.recordWith('13800000061', 'answered');
    expect(kinds(record)).toContain('ring.moved');
    expect(kinds(record)).not.toContain('ring.missed');
  });
});
