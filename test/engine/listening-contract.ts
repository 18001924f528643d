import { randomUUID } from 'node:crypto';
import { expect, it } from '@jest/globals';
import { eventually } from '../support/eventually.js';
import type { EngineRig } from './rig.js';
import { agentHz, customerHz, leadHz, Story } from './story.js';

/** The lines of the contract about a lead who listens to a talk. */
export function listeningContract(rigOf: () => EngineRig): void {
  /** A talk, and a lead beside it who hears and is heard by nobody yet. */
  async function talkAndLead() {
    const story = new Story(rigOf());
    const talk = await story.talking();
    return { story, ...talk, lead: await story.lead(talk.customer.legId) };
  }

  it('lets a lead hear both sides and be heard by nobody', async () => {
    const { story, customer, agent, lead } = await talkAndLead();
    await story.engine.listen(lead.legId, agent.legId);
    expect(await story.of(lead.legId, 'leg.listening')).toMatchObject({
      targetLegId: agent.legId,
      mode: 'listen',
    });
    await eventually(() => lead.party.hearsJust(customerHz, agentHz), { what: 'the lead hears both' });
    await rigOf().pass(customer.party, 400);
    expect([customer.party.hearsJust(agentHz), agent.party.hearsJust(customerHz)]).toEqual([true, true]);
    await story.engine.stopListening(lead.legId);
    expect(await story.of(lead.legId, 'leg.stopped-listening')).toMatchObject({ targetLegId: agent.legId });
    await eventually(() => lead.party.hearsJust());
    expect([customer.party.hearsJust(agentHz), agent.party.hearsJust(customerHz)]).toEqual([true, true]);
    await story.ends(lead.legId, customer.legId, agent.legId);
  });

  it('lets a lead whisper to the agent alone, and go on by listening only', async () => {
    const { story, customer, agent, lead } = await talkAndLead();
    await story.engine.whisper(lead.legId, agent.legId);
    expect(await story.of(lead.legId, 'leg.listening')).toMatchObject({ mode: 'whisper' });
    await eventually(() => agent.party.hearsJust(customerHz, leadHz), {
      what: 'the agent hears the whisper',
    });
    await eventually(() => lead.party.hearsJust(customerHz, agentHz), { what: 'the lead hears both' });
    await rigOf().pass(customer.party, 400);
    expect(customer.party.hearsJust(agentHz)).toBe(true);
    await story.engine.listen(lead.legId, agent.legId);
    expect(await story.of(lead.legId, 'leg.listening', 2)).toMatchObject({ mode: 'listen' });
    await eventually(() => agent.party.hearsJust(customerHz) && lead.party.hearsJust(customerHz, agentHz), {
      what: 'the whisper is over',
    });
    await story.ends(lead.legId, customer.legId, agent.legId);
    expect(story.kinds(lead.legId)).not.toContain('leg.stopped-listening');
  });

  it('lets a listening lead join the talk, and leave it again', async () => {
    const { story, customer, agent, lead, roomId } = await talkAndLead();
    await story.engine.whisper(lead.legId, agent.legId);
    await story.of(lead.legId, 'leg.listening');
    await story.engine.connect(roomId, [lead.legId]);
    expect(await story.of(lead.legId, 'leg.connected')).toMatchObject({ roomId });
    await story.of(lead.legId, 'leg.stopped-listening');
    await eventually(
      () =>
        customer.party.hearsJust(agentHz, leadHz) &&
        agent.party.hearsJust(customerHz, leadHz) &&
        lead.party.hearsJust(customerHz, agentHz),
      { what: 'everybody hears the two others' },
    );
    await story.engine.listen(lead.legId, customer.legId);
    await story.of(lead.legId, 'leg.listening', 2);
    await eventually(
      () =>
        customer.party.hearsJust(agentHz) &&
        agent.party.hearsJust(customerHz) &&
        lead.party.hearsJust(customerHz, agentHz),
      { what: 'the lead only listens again' },
    );
    await story.ends(lead.legId, customer.legId, agent.legId);
  });

  it.each(['hangs up', 'is ended'] as const)('stops listening when the target %s', async (how) => {
    const { story, customer, agent, lead } = await talkAndLead();
    await story.engine.listen(lead.legId, agent.legId);
    await story.of(lead.legId, 'leg.listening');
    if (how === 'hangs up') agent.party.hangsUp();
    else await story.engine.endLeg(agent.legId);
    await story.of(agent.legId, 'leg.ended');
    expect(await story.of(lead.legId, 'leg.stopped-listening')).toMatchObject({ targetLegId: agent.legId });
    await eventually(() => lead.party.hearsJust());
    expect([customer.party.state(), lead.party.state()]).toEqual(['up', 'up']);
    await story.engine.stopListening(lead.legId);
    await story.engine.listen(lead.legId, agent.legId);
    await story.ends(customer.legId, lead.legId);
    expect(story.kinds(lead.legId).filter((kind) => kind === 'leg.listening')).toHaveLength(1);
  });

  it('goes on talking when the listener hangs up, and for a listener who has gone nothing is left', async () => {
    const { story, customer, agent, lead } = await talkAndLead();
    await story.engine.whisper(lead.legId, agent.legId);
    await story.of(lead.legId, 'leg.listening');
    lead.party.hangsUp();
    expect(await story.of(lead.legId, 'leg.ended')).toMatchObject({ by: 'remote' });
    await story.engine.listen(lead.legId, agent.legId);
    await eventually(() => customer.party.hearsJust(agentHz) && agent.party.hearsJust(customerHz));
    await story.ends(customer.legId, agent.legId);
    expect(story.kinds(lead.legId)).not.toContain('leg.stopped-listening');
  });

  it('lets two leads listen to one talk', async () => {
    const { story, customer, agent, lead } = await talkAndLead();
    const second = await story.lead(customer.legId);
    await story.engine.listen(lead.legId, agent.legId);
    await story.engine.listen(second.legId, agent.legId);
    await eventually(
      () => lead.party.hearsJust(customerHz, agentHz) && second.party.hearsJust(customerHz, agentHz),
    );
    await story.ends(lead.legId);
    await rigOf().pass(customer.party, 400);
    expect(second.party.hearsJust(customerHz, agentHz)).toBe(true);
    await story.ends(customer.legId, agent.legId, second.legId);
  });

  it('finds a listener again after a restart', async () => {
    const { story, customer, agent, lead } = await talkAndLead();
    await story.engine.whisper(lead.legId, agent.legId);
    await story.of(lead.legId, 'leg.listening');
    await rigOf().restart();
    const { legs } = await story.hears('engine.connected');
    expect(legs.find(({ legId }) => legId === lead.legId)).toEqual({
      legId: lead.legId,
      state: 'up',
      waiting: false,
      listening: { targetLegId: agent.legId, mode: 'whisper' },
    });
    await eventually(() => agent.party.hearsJust(customerHz, leadHz));
    agent.party.hangsUp();
    await story.of(lead.legId, 'leg.stopped-listening');
    await story.ends(customer.legId, lead.legId);
  });

  it.each(['target', 'listener'] as const)('leaves nothing when the %s goes just then', async (who) => {
    const { story, customer, agent, lead } = await talkAndLead();
    const gone = who === 'target' ? agent : lead;
    const stays = who === 'target' ? lead : agent;
    await Promise.all([
      story.engine.whisper(lead.legId, agent.legId),
      story.engine.endLeg(gone.legId),
      story.engine.listen(lead.legId, agent.legId),
    ]);
    await story.of(gone.legId, 'leg.ended');
    await story.ends(stays.legId, customer.legId);
  });

  it('does nothing for legs that never were', async () => {
    const story = new Story(rigOf());
    const { legId } = await story.opened();
    await expect(story.engine.listen(legId, randomUUID())).resolves.toBeUndefined();
    await expect(story.engine.whisper(randomUUID(), legId)).resolves.toBeUndefined();
    await expect(story.engine.stopListening(legId)).resolves.toBeUndefined();
    await expect(story.engine.listen(legId, legId)).rejects.toThrow('itself');
    await story.ends(legId);
    expect(story.kinds(legId)).toEqual(['leg.arrived', 'leg.answered', 'leg.ended']);
  });
}
