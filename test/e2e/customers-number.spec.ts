import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { House } from './house.js';

const [calls, isCalled] = ['13800000761', '13900000762'];

describe('a customer’s number', () => {
  let house: House;
  const log: string[] = [];
  beforeAll(async () => {
    house = await House.open({ logTo: { write: (line) => void log.push(line) } });
  }, 60_000);
  afterEach(() => house.clear());
  afterAll(() => house.close());

  it('does not reach the agent’s phone, nor any log, whoever calls whom', async () => {
    const agent = await house.agent('801');
    const customer = await house.customer(calls, '8000', { tone: 440 });
    await agent.rings();
    expect(agent.phone.call?.remoteNumber).toBe('138****0761');
    await agent.answers();
    await agent.holds();
    await agent.resumes();
    customer.hangUp();
    await agent.wrapsUp();
    const outside = house.outside(isCalled, 'rings');
    await agent.dials(isCalled);
    (await outside.call()).answer();
    await agent.shows('talking');
    (await outside.call()).hangUp();
    await agent.wrapsUp();

    const received = agent.phone.received.join('\n');
    expect(received).toContain('INVITE');
    // Nor does the name of the exchange's machine, which SIP.js could not read were it a container's.
    const callers = received.match(/^From: .*@.*$/gim) ?? [];
    expect(callers.filter((from) => from.includes('****') && !from.includes('@sanling>'))).toEqual([]);
    const written = [
      ...(await house.logs()),
      { name: 'API', text: log.join('') },
      { name: 'phone', text: received },
    ];
    for (const { name, text } of written)
      expect([name, [calls, isCalled].filter((number) => text.includes(number))]).toEqual([name, []]);
  }, 60_000);
});
