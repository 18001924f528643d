import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '../support/eventually.js';
import { House, kinds } from './house.js';

/** Messages that cross on the wire: settled as RFC 3261 says, and nothing is left of the call anywhere. */
describe('messages that cross', () => {
  let house: House;
  beforeAll(async () => {
    house = await House.open();
  });
  afterEach(() => house.clear());
  afterAll(() => house.close());

  it('CANCEL and 200: the customer goes in the moment in which the agent answers', async () => {
    const agent = await house.agent('801');
    const customer = await house.customer('13800000051');
    const ringing = await agent.rings();
    ringing.answer();
    customer.hangUp();
    await eventually(() => customer.state === 'ended' && ringing.state === 'ended');
    const record = await eventually(async () => {
      const found = await house.record('13800000051');
      return found.endedAt ? found : undefined;
    });
    // Whoever came first at the engine: the agent talked and owes a record, or was never in it and is free.
    if (record.outcome === 'answered') await agent.wrapsUp();
    else expect(record.outcome).toBe('abandoned');
    await eventually(() => agent.presence === 'ready');
  });

  it('BYE and re-INVITE: the customer hangs up in the moment in which the agent’s phone renegotiates', async () => {
    const agent = await house.agent('802');
    const customer = await house.customer('13800000052');
    const desk = await agent.answers();
    desk.resume();
    customer.hangUp();
    await agent.wrapsUp();
    await eventually(() => desk.state === 'ended');
    expect(kinds(await house.recordWith('13800000052', 'answered'))).toContain('call.ended');
  });

  it('BYE and BYE: both hang up at once', async () => {
    const agent = await house.agent('803');
    const customer = await house.customer('13800000053');
    const desk = await agent.answers();
    customer.hangUp();
    desk.hangUp();
    await agent.wrapsUp();
    const record = await house.recordWith('13800000053', 'answered');
    expect(record.timeline.filter(({ kind }) => kind === 'call.ended')).toHaveLength(1);
    await eventually(() => agent.presence === 'ready');
  });

  it('re-INVITEs that overlap are settled, and the talk goes on', async () => {
    const agent = await house.agent('804');
    const customer = await house.customer('13800000054');
    const desk = await agent.answers(1_000);
    desk.resume();
    desk.resume();
    await eventually(() => desk.lastReinviteStatus >= 200);
    expect(agent.phase()).toBe('talking');
    customer.hangUp();
    await agent.wrapsUp();
  });
});
