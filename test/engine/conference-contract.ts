import { randomUUID } from 'node:crypto';
import { expect, it } from '@jest/globals';
import { eventually } from '../support/eventually.js';
import type { EngineRig } from './rig.js';
import { agentHz, customerHz, outsideHz, Story } from './story.js';

/** The lines of the contract about more than two parties: conferences, and consulting somebody while the customer waits. */
export function conferenceContract(rigOf: () => EngineRig): void {
  it.each(['waits', 'is ended', 'hangs up'] as const)(
    'connects three; one %s, the others talk on',
    async (how) => {
      const story = new Story(rigOf());
      const { customer, agent, roomId } = await story.talking();
      const third = await story.answersOutside('057188881111', customer.legId);
      await story.engine.connect(roomId, [third.legId]);
      await story.of(third.legId, 'leg.connected');
      await eventually(
        () =>
          customer.party.hearsJust(agentHz, outsideHz) &&
          agent.party.hearsJust(customerHz, outsideHz) &&
          third.party.hearsJust(customerHz, agentHz),
        { what: 'everybody hears the two others' },
      );
      if (how === 'waits') await story.engine.wait(third.legId);
      if (how === 'is ended') await story.engine.endLeg(third.legId);
      if (how === 'hangs up') third.party.hangsUp();
      if (how === 'waits') await eventually(() => third.party.hearsMusic(), { withinMs: 15_000 });
      else await story.of(third.legId, 'leg.ended');
      await eventually(() => customer.party.hearsJust(agentHz) && agent.party.hearsJust(customerHz));
      if (how === 'waits') await story.ends(third.legId);
      await story.ends(customer.legId, agent.legId);
    },
  );

  it('lets an agent consult while the customer waits, swap, and hand over', async () => {
    const story = new Story(rigOf());
    const { customer, agent, roomId } = await story.talking();
    await story.engine.wait(customer.legId);
    await story.of(customer.legId, 'leg.waiting');
    const third = await story.answersOutside('057188881111', customer.legId);
    const consulting = randomUUID();
    await story.engine.connect(consulting, [agent.legId, third.legId]);
    await eventually(() => agent.party.hearsJust(outsideHz) && third.party.hearsJust(agentHz));
    await eventually(() => customer.party.hearsMusic(), { withinMs: 15_000 });
    // Back to the customer for a moment, and to the third party again.
    await story.engine.wait(third.legId);
    await story.engine.connect(roomId, [customer.legId, agent.legId]);
    await eventually(() => agent.party.hearsJust(customerHz) && customer.party.hearsJust(agentHz));
    await eventually(() => third.party.hearsMusic(), { withinMs: 15_000 });
    await story.engine.wait(customer.legId);
    await story.engine.connect(consulting, [agent.legId, third.legId]);
    await eventually(() => agent.party.hearsJust(outsideHz) && third.party.hearsJust(agentHz));
    // The agent leaves the two to each other.
    await story.engine.connect(consulting, [customer.legId]);
    await story.ends(agent.legId);
    await eventually(() => customer.party.hearsJust(outsideHz) && third.party.hearsJust(customerHz));
    third.party.hangsUp();
    expect(await story.of(third.legId, 'leg.ended')).toMatchObject({ by: 'remote' });
    await story.ends(customer.legId);
  });

  it('lets the customer hang up while the agent consults', async () => {
    const story = new Story(rigOf());
    const { customer, agent } = await story.talking();
    await story.engine.wait(customer.legId);
    await story.of(customer.legId, 'leg.waiting');
    const third = await story.answersOutside('057188881111', customer.legId);
    await story.engine.connect(randomUUID(), [agent.legId, third.legId]);
    await eventually(() => agent.party.hearsJust(outsideHz) && third.party.hearsJust(agentHz));
    customer.party.hangsUp();
    expect(await story.of(customer.legId, 'leg.ended')).toMatchObject({ by: 'remote' });
    await rigOf().pass(agent.party, 300);
    expect([agent.party.hearsJust(outsideHz), third.party.hearsJust(agentHz)]).toEqual([true, true]);
    await story.ends(agent.legId, third.legId);
  });

  it('counts what comes and goes on a leg', async () => {
    const story = new Story(rigOf());
    const { customer, agent } = await story.talking();
    await rigOf().pass(customer.party, 1_000);
    const statistics = await story.engine.legStatistics(customer.legId);
    expect(statistics?.packetsIn).toBeGreaterThan(30);
    expect(statistics?.packetsOut).toBeGreaterThan(30);
    expect(statistics?.lossShareIn).toBeLessThan(0.05);
    expect(statistics?.jitterInMs).toBeGreaterThanOrEqual(0);
    expect(statistics?.jitterInMs).toBeLessThan(100);
    expect(await story.engine.legCodec(customer.legId)).toBe('PCMA');
    await story.ends(customer.legId, agent.legId);
    expect(await story.engine.legStatistics(customer.legId)).toBeUndefined();
    expect(await story.engine.legCodec(customer.legId)).toBeUndefined();
  });
}
