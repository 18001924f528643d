import { describe, expect, it } from '@jest/globals';
import { CallStory } from '../../../test/builders/call-story.js';
import { emptyWrapUp } from '../../contracts/wrap-up.js';
import { evaluate } from '../../standard/domain/evaluate.js';
import { replay } from './advance.js';
import { allowedCommands } from './allowed.js';
import { settled } from './call-model.js';
import {
  answerCall,
  completeWrapUp,
  hangUpCall,
  holdCall,
  microphoneIs,
  rejectCall,
  resumeCall,
  withdrawHangUp,
} from './commands.js';

const talking = () => new CallStory().arrives().offeredTo('801').rings().passes(4_000).answers();
const hold = { callId: '', reason: 'look-up', consent: true, limitMs: 30_000 };
const holdReason = (story: CallStory) => story.policy.hold.reasons[0]?.code ?? '';
const held = () => {
  const story = talking();
  return story
    .agent((desk) => holdCall(desk, { ...hold, reason: holdReason(story) }))
    .engine({ kind: 'leg.waiting', legId: story.customer });
};

describe('a call that is answered', () => {
  it('rings the agent, talks, and is wrapped up after the customer hung up', () => {
    const story = talking();
    expect(story.call.state).toBe('talking');
    story.hangsUp(story.customer);
    expect(story.call).toMatchObject({
      state: 'ended',
      outcome: 'answered',
      endedBy: 'customer',
      closed: true,
    });
    expect(story.handling.phase).toBe('wrap-up');
    expect(settled(story.call)).toBe(false);
    story.agent((desk) =>
      completeWrapUp(desk, { ...emptyWrapUp, outcome: story.policy.wrapUp.outcomes[0]?.code ?? '' }, []),
    );
    expect(settled(story.call)).toBe(true);
    expect(story.did('presence').map((one) => 'change' in one && one.change)).toEqual([
      'answered',
      'wrap-up',
      'wrap-up-done',
    ]);
  });

  it('is told by its timeline alone', () => {
    const story = held().passes(20_000);
    expect(replay(story.timeline)).toEqual(story.call);
  });

  it('ends the agent’s leg and closes the room when the customer goes', () => {
    const story = talking();
    story.hangsUp(story.customer);
    expect(story.did('end-leg')).toContainEqual({ do: 'end-leg', legId: story.handling.legId });
    expect(story.did('close-room')).toHaveLength(1);
    expect(story.did('leave-queue')).toHaveLength(1);
  });
});

describe('a call that nobody answers', () => {
  it('goes on to the next agent when the fourth ring would start (clause 26.1)', () => {
    const story = new CallStory().arrives().offeredTo('801').rings();
    const missedLeg = story.handling.legId;
    story.passes(14_900);
    expect(story.call.state).toBe('ringing');
    story.passes(300);
    expect(story.call.state).toBe('queued');
    const missed = story.timeline.find(({ kind }) => kind === 'ring.missed');
    expect(Date.parse(missed?.at ?? '') - (story.call.handlings[0]?.ringStartedAt ?? 0)).toBe(15_000);
    expect(story.did('end-leg')).toContainEqual({ do: 'end-leg', legId: missedLeg });
    expect(story.did('enter-queue').at(-1)).toMatchObject({ since: story.call.arrivedAt, front: false });
    story.offeredTo('802').rings().answers();
    expect(story.call.handlings.map(({ phase }) => phase)).toEqual(['missed', 'talking']);
  });

  it('takes an answer that the engine saw just before the end', () => {
    const story = new CallStory().arrives().offeredTo('801').rings().passes(15_100);
    story.answers();
    expect(story.call.state).toBe('talking');
  });

  it('ignores an answer after the ring was given up', () => {
    const story = new CallStory().arrives().offeredTo('801').rings().passes(15_200);
    const { legId } = story.handling;
    story.engine({ kind: 'leg.answered', legId });
    expect(story.call.state).toBe('queued');
  });

  it('passes on at once when the agent rejects, and when the phone cannot be reached', () => {
    const rejected = new CallStory().arrives().offeredTo('801').rings().agent(rejectCall);
    expect(rejected.call.state).toBe('queued');
    const gone = new CallStory().arrives().offeredTo('801');
    gone.engine({ kind: 'leg.refused', legId: gone.handling.legId, why: 'unreachable' });
    expect(gone.handling.phase).toBe('missed');
    expect(gone.did('presence').at(-1)).toMatchObject({ change: 'device-lost' });
  });

  it('passes on when the phone never begins to ring', () => {
    const story = new CallStory().arrives().offeredTo('801').passes(6_200);
    expect(story.handling.phase).toBe('missed');
    expect(story.call.state).toBe('queued');
  });

  it('is abandoned when the caller goes while waiting, and frees the agent while ringing', () => {
    const waiting = new CallStory().arrives().passes(40_000);
    waiting.hangsUp(waiting.customer);
    expect(waiting.call.outcome).toBe('abandoned');
    expect(waiting.did('play-prompt')).toHaveLength(1);
    const ringing = new CallStory().arrives().offeredTo('801').rings();
    ringing.hangsUp(ringing.customer);
    expect(ringing.call.outcome).toBe('abandoned');
    expect(ringing.handling.phase).toBe('cancelled');
    expect(ringing.did('presence').at(-1)).toMatchObject({ change: 'released' });
    expect(ringing.did('end-leg')).toContainEqual({ do: 'end-leg', legId: ringing.handling.legId });
  });

  it('repeats the announcement to one who waits on', () => {
    const story = new CallStory().arrives().passes(2_600);
    const first = story.call.promptId ?? '';
    expect(first).not.toBe('');
    story.engine({ kind: 'prompt.finished', legId: story.customer, promptId: first }).passes(29_000);
    expect(story.did('play-prompt')).toHaveLength(1);
    story.passes(2_000);
    expect(story.did('play-prompt')).toHaveLength(2);
  });
});

describe('a hold (clauses 24.13, 24.14, 26.4)', () => {
  it('begins only when the engine has the customer waiting', () => {
    const story = talking();
    story.agent((desk) => holdCall(desk, { ...hold, reason: holdReason(story) }));
    expect(story.refusal).toBeUndefined();
    expect(story.call.state).toBe('talking');
    expect(story.did('wait').at(-1)).toEqual({ do: 'wait', legId: story.customer });
    story.engine({ kind: 'leg.waiting', legId: story.customer });
    expect(story.call.state).toBe('held');
  });

  it('is refused without consent, which is recorded; and with an unknown reason or too long a limit', () => {
    const story = talking();
    const reason = holdReason(story);
    story.agent((desk) => holdCall(desk, { ...hold, reason, consent: false }));
    expect(story.refusal?.code).toBe('hold.no-consent');
    expect(story.kinds.at(-1)).toBe('hold.declined');
    story.agent((desk) => holdCall(desk, { ...hold, reason: 'whatever' }));
    expect(story.refusal?.code).toBe('hold.reason-unknown');
    story.agent((desk) => holdCall(desk, { ...hold, reason, limitMs: 61_000 }));
    expect(story.refusal?.code).toBe('hold.limit-too-long');
    expect(story.call.state).toBe('talking');
  });

  it('is refused while ringing and after the end', () => {
    const ringing = new CallStory().arrives().offeredTo('801').rings();
    ringing.agent((desk) => holdCall(desk, hold));
    expect(ringing.refusal?.code).toBe('call.not-allowed-now');
    const ended = talking();
    ended.hangsUp(ended.customer).agent((desk) => holdCall(desk, hold));
    expect(ended.refusal?.code).toBe('call.ended');
    ended.agent(answerCall);
    expect(ended.refusal?.code).toBe('call.ended');
  });

  it('reminds, then alarms at the limit and at one minute, once each', () => {
    const story = held().passes(70_000);
    expect(story.kinds.filter((kind) => kind.startsWith('hold.'))).toEqual([
      'hold.granted',
      'hold.started',
      'hold.reminded',
      'hold.limit-reached',
      'hold.ceiling-reached',
    ]);
  });

  it('ends when the customer hears the agent again, and owes thanks until the agent has spoken', () => {
    const story = held().passes(20_000).agent(resumeCall);
    expect(story.call.state).toBe('held');
    story.engine({ kind: 'leg.connected', legId: story.customer, roomId: 'room' });
    expect(story.call.state).toBe('talking');
    expect(story.handling).toMatchObject({ thanksDue: true, heldMs: 20_000, holds: 1 });
    expect(story.says('agent', 1_500).handling.thanksDue).toBe(false);
  });

  it('counts an agent who is in mid-sentence at the resume as speaking', () => {
    const story = held().passes(5_000).agent(resumeCall);
    story.engine({ kind: 'leg.speaking', legId: story.handling.legId }).passes(300);
    story.engine({ kind: 'leg.connected', legId: story.customer, roomId: 'room' }).passes(1_000);
    story.engine({ kind: 'leg.silent', legId: story.handling.legId, spokeMs: 1_300 });
    story.hangsUp(story.customer);
    const { timeline, policy, handling } = story;
    const verdicts = evaluate({ timeline, policy, handlingId: handling.id, asOf: story.now });
    expect(verdicts.find(({ clause, part }) => clause === '23.11' && part === 'speaks')?.outcome).toBe(
      'pass',
    );
  });

  it('is closed in the record when the customer goes meanwhile', () => {
    const story = held().passes(5_000);
    story.hangsUp(story.customer);
    expect(story.kinds.slice(-4)).toEqual(['hold.ended', 'customer.left', 'wrap-up.started', 'call.ended']);
    expect(story.call.endedBy).toBe('customer');
  });

  it('by the phone itself is told as what it is', () => {
    const story = talking();
    story.engine({ kind: 'leg.held-by-device', legId: story.handling.legId });
    expect(story.kinds.at(-1)).toBe('hold.by-device');
    expect(story.call.state).toBe('talking');
  });
});

describe('the agent hangs up (clauses 23.15, 27.2)', () => {
  it('waits for the customer, then for the grace after the last word', () => {
    const story = talking().agent((desk) => hangUpCall(desk, undefined));
    story.says('customer', 3_000);
    story.passes(4_900);
    expect(story.did('end-leg')).toHaveLength(0);
    story.passes(300);
    expect(story.did('end-leg')).toEqual([{ do: 'end-leg', legId: story.customer }]);
    story.engine({ kind: 'leg.ended', legId: story.customer, by: 'local', cause: 'normal' });
    expect(story.call).toMatchObject({ endedBy: 'agent', outcome: 'answered' });
  });

  it('lets the customer go first', () => {
    const story = talking()
      .agent((desk) => hangUpCall(desk, undefined))
      .passes(2_000);
    story.hangsUp(story.customer).passes(10_000);
    expect(story.call.endedBy).toBe('customer');
    expect(story.kinds).not.toContain('hang-up.carried-out');
  });

  it('can be withdrawn, and pressed twice it is told to wait', () => {
    const story = talking().agent((desk) => hangUpCall(desk, undefined));
    story.agent((desk) => hangUpCall(desk, undefined));
    expect(story.refusal?.code).toBe('hang-up.wait-for-customer');
    story.agent(withdrawHangUp).passes(20_000);
    expect(story.call.state).toBe('talking');
  });

  it('ends at once with a reason of the policy, not with another', () => {
    const story = talking().agent((desk) => hangUpCall(desk, 'tired'));
    expect(story.refusal?.code).toBe('hang-up.reason-unknown');
    const reason = story.policy.hangUp.reasons[0]?.code;
    story.agent((desk) => hangUpCall(desk, reason));
    expect(story.did('end-leg')).toEqual([{ do: 'end-leg', legId: story.customer }]);
  });
});

describe('a microphone that went', () => {
  it('is told to the customer once, who then knows why it is quiet', () => {
    const story = talking().agent((desk) => microphoneIs(desk, true));
    story.agent((desk) => microphoneIs(desk, true));
    expect(story.kinds.slice(-2)).toEqual(['microphone.lost', 'prompt.started']);
    expect(story.did('play-prompt').at(-1)).toMatchObject({ sound: 'sanling/agent-unheard' });
    expect(story.agent((desk) => microphoneIs(desk, false)).kinds.at(-1)).toBe('microphone.back');
  });

  it('is nothing to a customer who waits with music', () => {
    const story = held().agent((desk) => microphoneIs(desk, true));
    expect(story.kinds.at(-1)).toBe('microphone.lost');
  });
});

describe('an agent who is lost', () => {
  it('leaves the customer at the front of the queue and owes a wrap-up', () => {
    const story = held().passes(3_000);
    const lost = story.handling;
    story.engine({ kind: 'leg.ended', legId: lost.legId, by: 'remote', cause: 'normal' });
    expect(story.kinds.slice(-4)).toEqual(['hold.ended', 'agent.lost', 'wrap-up.started', 'queue.entered']);
    expect(story.call.state).toBe('queued');
    expect(story.did('enter-queue').at(-1)).toMatchObject({ front: true });
    expect(story.did('wait').at(-1)).toEqual({ do: 'wait', legId: story.customer });
    story.offeredTo('802').rings().answers();
    expect(story.call.state).toBe('talking');
    expect(story.call.handlings[0]?.phase).toBe('wrap-up');
  });
});

it('keeps a recording whose beginning is told after the end of a very short call', () => {
  const story = new CallStory().arrives();
  const recordingId = crypto.randomUUID();
  story.hangsUp(story.customer);
  story.engine({ kind: 'recording.started', legId: story.customer, recordingId });
  story.engine({ kind: 'recording.finished', legId: story.customer, recordingId });
  story.engine({ kind: 'recording.finished', legId: story.customer, recordingId: crypto.randomUUID() });
  expect(story.kinds.slice(-2)).toEqual(['recording.started', 'recording.finished']);
});

it('says what is allowed in every phase', () => {
  const may = (story: CallStory) => allowedCommands(story.call, story.handling);
  expect(may(new CallStory().arrives().offeredTo('801'))).toEqual(['answer-call', 'reject-call']);
  expect(may(talking())).toContain('hold-call');
  expect(may(held())).toContain('resume-call');
  expect(may(held())).not.toContain('hold-call');
});
