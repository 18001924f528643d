import { randomUUID } from 'node:crypto';
import { expect, it } from '@jest/globals';
import { eventually } from '../support/eventually.js';
import type { EngineRig } from './rig.js';
import { agentHz, outsideHz, Story } from './story.js';

/** The lines of the contract about outside numbers. */
export function numberContract(rigOf: () => EngineRig): void {
  const number = '02155550000';

  it.each(['rings', 'plays early'] as const)('rings a number whose network %s', async (does) => {
    const story = new Story(rigOf());
    const desk = await story.desk();
    const phone = rigOf().outside(number, does);
    const legId = await story.dials(number);
    await story.of(legId, 'leg.ringing');
    const party = await eventually(() => phone.party());
    expect(phone.shownNumber()).toBe('02188880000');
    phone.answers();
    const answered = await story.of(legId, 'leg.answered');
    expect(answered.at).toBeGreaterThanOrEqual((await story.of(legId, 'leg.ringing')).at);
    const agent = await story.rings(desk, legId);
    desk.phone.answers();
    await story.of(agent.legId, 'leg.answered');
    party.speaks(outsideHz);
    agent.party.speaks(agentHz);
    await story.engine.connect(randomUUID(), [legId, agent.legId]);
    await eventually(() => party.hearsJust(agentHz) && agent.party.hearsJust(outsideHz));
    party.hangsUp();
    expect(await story.of(legId, 'leg.ended')).toMatchObject({ by: 'remote' });
    await story.ends(agent.legId);
    expect(story.kinds(legId)).toEqual(['leg.ringing', 'leg.answered', 'leg.connected', 'leg.ended']);
  });

  it.each([
    ['busy', 486],
    ['busy', 600],
    ['rejected', 603],
    ['rejected', 403],
    ['no-answer', 480],
    ['unreachable', 408],
    ['unknown-number', 404],
    ['unreachable', 503],
  ] as const)('tells why a number did not answer: %s by %i', async (why, sipStatus) => {
    const story = new Story(rigOf());
    rigOf().outside(number, sipStatus);
    const legId = await story.dials(number);
    expect(await story.of(legId, 'leg.refused')).toMatchObject({ why, sipStatus });
    expect(story.kinds(legId)).toEqual(['leg.refused']);
  });

  it.each([
    ['no-answer', 480],
    ['no-answer', 408],
    ['rejected', 603],
    ['busy', 486],
  ] as const)('tells why a number that rang did not answer: %s by %i', async (why, sipStatus) => {
    const story = new Story(rigOf());
    const phone = rigOf().outside(number, 'rings');
    const legId = await story.dials(number);
    await story.of(legId, 'leg.ringing');
    phone.refuses(sipStatus);
    expect(await story.of(legId, 'leg.refused')).toMatchObject({ why, sipStatus });
    expect(story.kinds(legId)).toEqual(['leg.ringing', 'leg.refused']);
  });

  it('tells that nobody has the number', async () => {
    const story = new Story(rigOf());
    const legId = await story.dials('02100000000');
    expect(await story.of(legId, 'leg.refused')).toMatchObject({ why: 'unknown-number', sipStatus: 404 });
  });

  it.each([
    ['rings', 'no-answer'],
    ['is silent', 'unreachable'],
  ] as const)('gives up in time on a number that %s', async (does, why) => {
    const story = new Story(rigOf());
    const caller = await story.opened();
    const phone = rigOf().outside(number, does);
    const legId = await story.dials(number, { onBehalfOf: caller.legId, timeoutMs: 1_000 });
    const party = does === 'rings' ? await eventually(() => phone.party()) : undefined;
    await rigOf().pass(caller.party, 1_100);
    expect(await story.of(legId, 'leg.refused')).toMatchObject({ why });
    if (party) await eventually(() => party.state() === 'ended');
    await story.ends(caller.legId);
  });

  it('stops ringing a number when it is told to, as when the caller has hung up', async () => {
    const story = new Story(rigOf());
    const caller = await story.opened();
    const phone = rigOf().outside(number, 'rings');
    const legId = await story.dials(number, { onBehalfOf: caller.legId });
    await story.of(legId, 'leg.ringing');
    const party = await eventually(() => phone.party());
    caller.party.hangsUp();
    await story.of(caller.legId, 'leg.ended');
    await story.engine.endLeg(legId);
    expect(await story.of(legId, 'leg.ended')).toMatchObject({ by: 'local' });
    await eventually(() => party.state() === 'ended');
    expect(story.kinds(legId)).toEqual(['leg.ringing', 'leg.ended']);
    const late = await story.dials(number, { onBehalfOf: caller.legId });
    expect(await story.of(late, 'leg.refused')).toMatchObject({ why: 'failed' });
  });

  it('dials nothing that is no number', async () => {
    const story = new Story(rigOf());
    for (const wrong of ['', 'agent', '1@elsewhere', '*72', '1'.repeat(21)])
      await expect(story.dials(wrong)).rejects.toThrow('not a number');
    expect(story.told()).toEqual([]);
  });

  it('dials nothing without a trunk to dial out over', async () => {
    await rigOf().withoutTrunk(async () => {
      const story = new Story(rigOf());
      rigOf().outside(number, 'rings');
      const legId = await story.dials(number);
      expect(await story.of(legId, 'leg.refused')).toMatchObject({ why: 'unreachable' });
      expect(story.kinds(legId)).toEqual(['leg.refused']);
    });
  });
}
