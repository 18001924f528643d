import { describe, expect, it } from '@jest/globals';
import { CallStory } from '../../../test/builders/call-story.js';
import { allowedCommands } from './allowed.js';
import { agentAway } from './away.js';
import { hangUpCall, holdCall, muteCall, resumeCall } from './commands.js';
import { helpCall, takeOverCall } from './help-commands.js';

const talking = () => new CallStory().arrives().offeredTo('801').rings().answers();
const held = () => {
  const story = talking();
  const reason = story.policy.hold.reasons[0]?.code ?? '';
  story.agent((desk) => holdCall(desk, { callId: '', reason, consent: true, limitMs: 30_000 }));
  return story.customerWaits();
};
const endLegs = (story: CallStory) =>
  story.did('end-leg').map((directive) => ('legId' in directive ? directive.legId : ''));
const connects = (story: CallStory) => story.did('connect').at(-1);
const lead = { id: '00000000-0000-4000-8000-000000000900', name: '周莉', number: '900' };

describe('an agent whose phone vanishes while talking', () => {
  it('is awaited: the customer hears music and a word, nothing goes to the queue', () => {
    const story = talking();
    const { legId } = story.handling;
    story.vanishes();
    expect(story.kinds.slice(-2)).toEqual(['agent.away', 'prompt.started']);
    expect(story.call.state).toBe('talking');
    expect(story.handling).toMatchObject({ phase: 'talking', away: { why: 'device-lost' } });
    expect(story.did('wait').at(-1)).toEqual({ do: 'wait', legId: story.customer });
    expect(endLegs(story)).toContain(legId);
    expect(story.did('play-prompt').at(-1)).toMatchObject({ sound: 'sanling/reconnecting' });
    expect(story.did('enter-queue')).toHaveLength(1);
  });

  it('is rung again when the phone is back, and talks on', () => {
    const story = talking().vanishes().passes(1_500).recalls();
    const { recallLegId, agentId, id } = story.handling;
    expect(story.did('ring').at(-1)).toEqual({ do: 'ring', agentId, handlingId: id, legId: recallLegId });
    story.passes(500).recallAnswers();
    expect(story.timeline.at(-1)).toMatchObject({ kind: 'agent.back', data: { awayMs: 2_000 } });
    expect(story.handling).toMatchObject({ away: null, legId: recallLegId, recallLegId: null });
    expect(connects(story)).toMatchObject({ legIds: [story.customer, recallLegId] });
    expect(story.did('stop-prompt')).toHaveLength(1);
    expect(story.hangsUp(story.customer).handling.phase).toBe('wrap-up');
  });

  it('is lost at the limit: the customer is first in the queue and the record is owed', () => {
    const story = talking().vanishes().passes(20_200);
    expect(story.kinds.slice(-3)).toEqual(['agent.lost', 'wrap-up.started', 'queue.entered']);
    expect(story.timeline.at(-3)?.data).toMatchObject({ why: 'not-back' });
    expect(story.did('enter-queue').at(-1)).toMatchObject({ front: true });
    expect(story.handling).toMatchObject({ phase: 'wrap-up', away: null });
  });

  it('takes no command meanwhile, and says why', () => {
    const story = talking().vanishes();
    story.agent((desk) => muteCall(desk, true));
    expect(story.refusal?.code).toBe('call.agent-away');
    expect(allowedCommands(story.call, story.handling)).toEqual(['save-wrap-up-draft']);
  });

  it('is not awaited any more when the customer hangs up: the ring ends, the record is owed', () => {
    const story = talking().vanishes().recalls();
    const { recallLegId } = story.handling;
    story.hangsUp(story.customer);
    expect(story.call.closed).toBe(true);
    expect(story.handling.phase).toBe('wrap-up');
    expect(endLegs(story)).toContain(recallLegId);
  });

  it('does not end the call by a hang-up that waited', () => {
    const story = talking().agent((desk) => hangUpCall(desk, undefined));
    story.vanishes().passes(10_000);
    expect(story.kinds).toContain('hang-up.withdrawn');
    expect(story.call.state).toBe('talking');
  });

  it('hears nothing of the old leg, however late it ends', () => {
    const story = talking();
    const { legId } = story.handling;
    story.vanishes().hangsUp(legId);
    expect(story.handling.away).not.toBeNull();
    story.recalls().recallAnswers().hangsUp(legId);
    expect(story.handling).toMatchObject({ phase: 'talking', away: null });
  });

  it('tries again when the ring fails', () => {
    const story = talking().vanishes().recalls();
    story.engine({ kind: 'leg.refused', legId: story.handling.recallLegId ?? '', why: 'unreachable' });
    expect(story.kinds.at(-1)).toBe('agent.recall-failed');
    story.recalls().recallAnswers();
    expect(story.handling.away).toBeNull();
  });
});

describe('an agent whose phone vanishes while the customer is held', () => {
  it('finds the hold as it was', () => {
    const story = held().passes(5_000).vanishes();
    expect(story.kinds).not.toContain('agent.lost');
    expect(story.did('play-prompt')).toHaveLength(0);
    story.recalls().recallAnswers();
    expect(story.handling.phase).toBe('held');
    expect(connects(story)).toMatchObject({ legIds: [story.handling.legId] });
    story.agent(resumeCall);
    expect(story.refusal).toBeUndefined();
    expect(connects(story)).toMatchObject({ legIds: [story.customer] });
  });
});

describe('an agent whose phone vanishes during a transfer', () => {
  it('gets the customer back where nobody had answered', () => {
    const story = talking().transfersTo('802').customerWaits().vanishes();
    expect(story.timeline.find(({ kind }) => kind === 'transfer.failed')?.data).toMatchObject({
      why: 'initiator-away',
    });
    expect(story.did('wait').at(-1)).toEqual({ do: 'wait', legId: story.customer });
    // The customer was on the way back to the agent when the agent went: with nobody there it is a wait.
    story.customerConnected();
    expect(story.call.state).toBe('held');
    story.recalls().recallAnswers().customerConnected();
    expect(story.call.state).toBe('talking');
    expect(connects(story)).toMatchObject({ legIds: [story.customer, story.handling.legId] });
  });

  it('leaves the customer to the colleague who has answered', () => {
    const story = talking().transfersTo('802').customerWaits().targetAnswers().vanishes();
    expect(story.kinds).toContain('transfer.completed');
    expect(story.kinds).not.toContain('agent.away');
    expect(story.handling.agentNumber).toBe('802');
  });
});

describe('an agent who takes the phone over on another page', () => {
  it('talks on without a break: the new leg first, then the end of the old one', () => {
    const story = talking();
    const before = story.handling.legId;
    story.recalls();
    expect(story.handling).toMatchObject({ legId: before, away: null });
    story.recallAnswers();
    const { legId } = story.handling;
    expect(story.kinds.at(-1)).toBe('agent.moved');
    expect(story.directives.slice(-2)).toEqual([
      { do: 'connect', roomId: `talk-${story.callId}`, legIds: [story.customer, legId] },
      { do: 'end-leg', legId: before },
    ]);
    expect(story.kinds).not.toContain('agent.away');
  });

  it('is away when the old page goes before the new one answered', () => {
    const story = talking().recalls().vanishes();
    expect(story.handling.away).not.toBeNull();
    story.recallAnswers();
    expect(story.kinds.at(-1)).toBe('agent.back');
  });
});

describe('a lead while the agent is away', () => {
  const listening = () => {
    const story = talking();
    story.lead((call, now) => helpCall(call, lead, 'listen', now));
    const legId = story.call.helps[0]?.legId ?? '';
    story.engine({ kind: 'leg.answered', legId });
    return story.engine({ kind: 'leg.listening', legId, targetLegId: story.handling.legId, mode: 'listen' });
  };

  it('hears the agent again on the new leg', () => {
    const story = listening().vanishes().recalls().recallAnswers();
    expect(story.did('listen').at(-1)).toMatchObject({ targetLegId: story.handling.legId });
  });

  it('may take the customer over, but not join an empty talk', () => {
    const story = listening().vanishes().recalls();
    const { recallLegId, id } = story.handling;
    story.lead((call, now) => helpCall(call, lead, 'join', now));
    expect(story.refusal?.code).toBe('call.agent-away');
    story.lead((call, now) => takeOverCall(call, lead.id, now));
    expect(story.handling).toMatchObject({ agentId: lead.id, phase: 'talking' });
    expect(story.call.handlings.find((one) => one.id === id)).toMatchObject({ phase: 'wrap-up', away: null });
    expect(endLegs(story)).toContain(recallLegId);
    expect(connects(story)).toMatchObject({ legIds: [story.customer, story.handling.legId] });
  });
});

it('is not away who has deliberately left, nor twice', () => {
  const left = talking();
  left.hangsUp(left.handling.legId);
  expect(left.kinds).toContain('agent.lost');
  const away = talking().vanishes();
  expect(agentAway(away.call, away.handling, away.now, 'no-media')).toEqual([]);
});

it('rings on another page of the agent instead, and the time of the ring goes on', () => {
  const story = new CallStory().arrives().offeredTo('801').rings().passes(4_000);
  const before = story.handling.legId;
  story.recalls();
  expect(story.kinds.at(-1)).toBe('ring.moved');
  expect(endLegs(story)).toContain(before);
  expect(story.did('ring').at(-1)).toMatchObject({ legId: story.handling.legId });
  story.hangsUp(before).passes(11_200);
  expect(story.timeline.find(({ kind }) => kind === 'ring.missed')?.data).toMatchObject({
    why: 'three-rings',
  });
});
