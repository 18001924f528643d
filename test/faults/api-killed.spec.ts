import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { CallDetail } from '../../src/contracts/call.js';
import { maskedNumber } from '../../src/kernel/masking.js';
import { kinds } from '../e2e/call-book.js';
import type { RobotAgent } from '../e2e/robot-agent.js';
import { eventually } from '../support/eventually.js';
import type { SipCall } from '../support/phones/sip-call.js';
import { FaultHouse } from './support/fault-house.js';

/** Fewer for a quick look on a busy machine. */
const callers = Number(process.env.SANLING_FAULT_CALLERS ?? 50);
const numberOf = (index: number) => String(1_380_000_0000 + index);

describe('the API process is killed during fifty calls', () => {
  let house: FaultHouse;
  beforeAll(async () => {
    // Each caller's record is looked for by number.
    house = await FaultHouse.open();
  }, 60_000);
  afterAll(() => house.close(), 60_000);

  it('no call ends, every timeline tells of the gap, and the desks go on by themselves', async () => {
    const customers = new Map<string, SipCall>();
    const arrive = async (from: number, until: number) => {
      for (let index = from; index < until; index++)
        customers.set(numberOf(index), await house.customer(numberOf(index)));
    };
    const [talking, holding, leaving] = [
      await house.agent('801'),
      await house.agent('802'),
      await house.agent('803'),
    ] as const;
    await arrive(0, 3);
    for (const agent of [talking, holding, leaving]) await agent.answers();
    await holding.holds();
    await arrive(3, callers);
    await eventually(() => [...customers.values()].every(({ state }) => state === 'up'), {
      withinMs: 60_000,
      what: 'every caller hears the house',
    });
    const ringing = await house.agent('804');
    await ringing.rings();
    const agents = [talking, holding, leaving, ringing];
    const numberAt = ({ desk }: RobotAgent) =>
      [...customers.keys()].find((number) => maskedNumber(number) === desk?.fromNumber) ?? '';
    const [held, left] = [holding, leaving].map(numberAt) as [string, string];
    const givenUp = [...customers.keys()].findLast(
      (number) => !agents.some((one) => numberAt(one) === number),
    );

    await house.api.kill();
    // While nobody listens two people hang up.
    customers.get(left)?.hangUp();
    customers.get(givenUp ?? '')?.hangUp();
    await house.api.run();
    // All at once, as pages do: each is waited for so long only.
    await Promise.all(agents.map((agent) => agent.comesBack()));

    await takesNext(ringing);
    await told(house, numberAt(talking), talking.shows('talking'));
    await told(house, numberAt(holding), holding.shows('held'));
    await holding.resumes();
    await leaving.wrapsUp();
    await leaving.answers();
    for (const [number, call] of customers) {
      const gone = number === left || number === givenUp;
      expect({ number, state: call.state }).toEqual({ number, state: gone ? 'ended' : 'up' });
    }
    // The calls are gone through one after the other, those of the agents above first.
    const records = await eventually(
      async () => {
        const all = await Promise.all([...customers.keys()].map((number) => house.book.record(number)));
        const silent = all.filter((record) => !kinds(record).includes('engine.gap'));
        if (silent.length === 0) return all;
        throw new Error(`no gap: ${silent.map(({ fromNumber }) => fromNumber).join(' ')}`);
      },
      { withinMs: 20_000, everyMs: 500, what: 'every timeline tells of the gap' },
    );
    expect(records.every(inOrder)).toBe(true);
    expect(await house.book.record(givenUp ?? '')).toMatchObject({ outcome: 'abandoned' });
    expect(await house.book.record(left)).toMatchObject({ outcome: 'answered', state: 'ended' });
    expect(kinds(await house.book.record(held))).toContain('hold.ended');
  }, 180_000);
});

/** What was waited for, or, where it did not come, what the call's record tells instead. */
async function told(house: FaultHouse, number: string, wait: Promise<void>): Promise<void> {
  try {
    await wait;
  } catch (error) {
    const facts = (await house.book.record(number)).timeline.map((fact) => JSON.stringify(fact));
    throw new Error(`${(error as Error).message}\n${facts.join('\n')}`, { cause: error });
  }
}

/** The ring goes on; where its three rings are over by now, the agent is ready again and takes the next caller. */
async function takesNext(agent: RobotAgent): Promise<void> {
  await eventually(
    async () => {
      if (agent.presence === 'not-ready') await agent.socket.command('set-presence', { state: 'ready' });
      return agent.phase() === 'ringing' && agent.phone.call?.state === 'ringing';
    },
    { withinMs: 20_000, everyMs: 250, what: 'the agent is rung' },
  );
  await agent.answers();
}

const inOrder = ({ timeline }: CallDetail) => timeline.every(({ seq }, at) => seq === at + 1);
