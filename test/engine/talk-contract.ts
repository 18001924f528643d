import { randomUUID } from 'node:crypto';
import { expect, it } from '@jest/globals';
import { eventually } from '../support/eventually.js';
import type { EngineRig } from './rig.js';
import { agentHz, customerHz, Story } from './story.js';

/** The lines of the contract about what parties hear and say. */
export function talkContract(rigOf: () => EngineRig): void {
  it('connects two parties, lets one wait with music and brings it back', async () => {
    const story = new Story(rigOf());
    const { customer, agent, roomId } = await story.talking();
    await story.engine.wait(customer.legId);
    await story.of(customer.legId, 'leg.waiting');
    await eventually(() => customer.party.hearsMusic(), { withinMs: 15_000 });
    await eventually(() => !agent.party.hears(customerHz) && !agent.party.hearsMusic());
    await rigOf().pass(agent.party, 400);
    expect([agent.party.hears(customerHz), agent.party.hearsMusic()]).toEqual([false, false]);
    await story.engine.connect(roomId, [customer.legId]);
    expect(await story.of(customer.legId, 'leg.connected', 2)).toMatchObject({ roomId });
    await eventually(() => customer.party.hears(agentHz) && agent.party.hears(customerHz));
    await story.ends(customer.legId, agent.legId);
  });

  it('moves a party to another room and closes rooms', async () => {
    const story = new Story(rigOf());
    const { customer, agent, roomId } = await story.talking();
    const other = randomUUID();
    await story.engine.connect(other, [customer.legId]);
    expect(await story.of(customer.legId, 'leg.connected', 2)).toMatchObject({ roomId: other });
    await eventually(() => !agent.party.hears(customerHz));
    await story.engine.closeRoom(other);
    await story.engine.closeRoom(roomId);
    expect([customer.party.state(), agent.party.state()]).toEqual(['up', 'up']);
    await story.engine.connect(roomId, [agent.legId, customer.legId]);
    await eventually(() => customer.party.hears(agentHz) && agent.party.hears(customerHz));
    await story.ends(agent.legId, customer.legId);
  });

  it('tells keys and sends keys', async () => {
    const story = new Story(rigOf());
    const { legId, party } = await story.opened();
    party.presses('5#');
    expect(await story.of(legId, 'leg.digit', 2)).toMatchObject({ digit: '#' });
    expect(await story.of(legId, 'leg.digit')).toMatchObject({ digit: '5' });
    await story.engine.sendDigits(legId, '12*#');
    await eventually(() => party.digitsHeard() === '12*#');
    await story.ends(legId);
  });

  it('tells when a party speaks and for how long', async () => {
    const story = new Story(rigOf());
    const { legId, party } = await story.arrives();
    await story.engine.openLine(legId);
    await story.of(legId, 'leg.answered');
    await rigOf().pass(party, 500);
    expect(story.told().filter((event) => event.kind === 'leg.speaking')).toEqual([]);
    const begun = rigOf().now();
    party.speaks(customerHz);
    const speaking = await story.of(legId, 'leg.speaking');
    await rigOf().pass(party, 1_000);
    const ended = rigOf().now();
    party.speaks(0);
    await rigOf().pass(party, 600);
    const silent = await story.of(legId, 'leg.silent');
    expect(Math.abs(speaking.at - begun)).toBeLessThan(250);
    expect(Math.abs(silent.at - ended)).toBeLessThan(250);
    expect(Math.abs(silent.spokeMs - (ended - begun))).toBeLessThan(250);
    await story.ends(legId);
  });

  it('plays a prompt to one party, waiting or talking', async () => {
    const story = new Story(rigOf());
    const { customer, agent, roomId } = await story.talking();
    await story.engine.wait(customer.legId);
    await eventually(() => customer.party.hearsMusic(), { withinMs: 15_000 });
    const [waiting, talking, stopped] = [randomUUID(), randomUUID(), randomUUID()];
    await story.engine.playPrompt(customer.legId, waiting, rigOf().sound);
    await eventually(() => customer.party.hears(rigOf().promptHz));
    await rigOf().pass(customer.party, 1_000);
    await story.hears('prompt.finished', (event) => event.promptId === waiting);
    await eventually(() => customer.party.hearsMusic(), { withinMs: 15_000 });
    await story.engine.connect(roomId, [customer.legId]);
    await eventually(() => customer.party.hears(agentHz));
    await story.engine.playPrompt(customer.legId, talking, rigOf().sound);
    await eventually(() => customer.party.hears(rigOf().promptHz));
    expect(agent.party.hears(rigOf().promptHz)).toBe(false);
    await rigOf().pass(customer.party, 1_000);
    await story.hears('prompt.finished', (event) => event.promptId === talking);
    await story.engine.playPrompt(customer.legId, stopped, rigOf().sound);
    await eventually(() => customer.party.hears(rigOf().promptHz));
    await story.engine.stopPrompt(stopped);
    await story.hears('prompt.finished', (event) => event.promptId === stopped);
    await eventually(() => customer.party.hears(agentHz));
    await story.ends(customer.legId, agent.legId);
  });

  it('ends a prompt that is not in the library', async () => {
    const story = new Story(rigOf());
    const { legId, party } = await story.opened();
    const promptId = randomUUID();
    await story.engine.playPrompt(legId, promptId, 'contract/nobody-recorded-this');
    await rigOf().pass(party, 1_000);
    await story.hears('prompt.finished', (event) => event.promptId === promptId);
    await story.ends(legId);
  });
}
