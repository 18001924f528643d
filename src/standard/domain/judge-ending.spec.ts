import { describe, expect, it } from '@jest/globals';
import { talking, tells, verdictOf } from '../../../test/builders/judged.js';
import { anAnsweredCall } from '../../../test/builders/timeline.js';

for (const clause of ['23.15', '27.2']) {
  tells(clause, '', [
    ['the customer first', () => talking().customerHangsUp(), 'pass', 'ending.customer-first'],
    [
      'the agent, after the grace',
      () => talking().agentHangsUp({ after: 5_000 }),
      'pass',
      'ending.after-grace',
      { seconds: 5 },
    ],
    [
      'the agent, too soon',
      () => talking().agentHangsUp({ after: 4_900 }),
      'fail',
      'ending.agent-first',
      { seconds: 4.9 },
    ],
    [
      'the agent, for a good reason',
      () => talking().agentHangsUp({ after: 10, reason: 'abuse' }),
      'pass',
      'ending.reason-accepted',
      { reason: 'abuse' },
    ],
    [
      'the agent, for another reason',
      () => talking().agentHangsUp({ after: 10, reason: 'other' }),
      'for-inspector',
      'ending.reason-to-judge',
    ],
    [
      'the agent, for no known reason',
      () => talking().agentHangsUp({ after: 10, reason: 'tired' }),
      'fail',
      'ending.reason-not-accepted',
    ],
    [
      "the agent's phone, past the guard",
      () => talking().agentLost('left', 300),
      'fail',
      'ending.agent-first',
    ],
    [
      "the agent's phone vanished",
      () => talking().agentLost('device-lost', 300),
      'not-determinable',
      'ending.connection-lost',
    ],
    [
      'the agent, no voice known',
      () => anAnsweredCall().agentHangsUp(),
      'not-determinable',
      'speech-missing',
    ],
    ['the system', () => talking().systemEnds('system'), 'not-applicable', 'ending.by-system'],
    [
      'the engine lost it',
      () => talking().systemEnds('engine'),
      'not-determinable',
      'ending.connection-lost',
    ],
    [
      'nobody watched the end',
      () => talking().gap(60_000).systemEnds('engine', 0),
      'not-determinable',
      'engine-gap',
    ],
    ['goes on', () => talking(), 'not-determinable', 'in-progress'],
  ]);
}

describe('who was first', () => {
  it('is told by the engine’s times, not by the order of writing', () => {
    const story = talking().pass(5_000);
    const ids = { handlingId: story.handlingId, agentId: story.agentId };
    story.tell('system', 'hang-up.carried-out', { ...ids, reason: null });
    story.pass(-40).tell('customer', 'customer.left', { by: 'customer', cause: 'hung up' });
    expect(verdictOf(story, '27.2').finding).toBe('ending.customer-first');
  });

  it('the last word counts, whoever’s voice stopped meanwhile', () => {
    const story = talking();
    const ids = { handlingId: story.handlingId, agentId: story.agentId };
    story.tell('engine', 'speech.started', { ...ids, who: 'agent' });
    story.customerSpeaks({ after: 100, forMs: 300 }).pass(6_000);
    story.tell('engine', 'speech.ended', { ...ids, who: 'agent', spokeMs: 6_400 });
    expect(verdictOf(story.agentHangsUp({ after: 1_000 }), '27.2')).toMatchObject({
      finding: 'ending.agent-first',
      params: { seconds: 1 },
    });
  });

  it('a hold that the record closes with the call was never resumed, though the agent spoke during it', () => {
    const story = talking().held();
    const granted = story.events().find(({ kind }) => kind === 'hold.started');
    if (granted?.kind !== 'hold.started') throw new Error('the story has no hold');
    const ids = { handlingId: story.handlingId, agentId: story.agentId };
    story
      .pass(2_000)
      .tell('engine', 'speech.started', { ...ids, who: 'agent' })
      .pass(3_000);
    story.tell('engine', 'hold.ended', { ...granted.data, heldMs: 5_000 }).customerHangsUp(0);
    expect(verdictOf(story, '23.11', 'speaks').finding).toBe('hold.not-resumed');
  });
});
