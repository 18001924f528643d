import { describe, expect, it } from '@jest/globals';
import { agentIdOf, CallStory } from '../../../test/builders/call-story.js';
import { replay } from './advance.js';
import { holdCall } from './commands.js';
import { dropMember, leaveConference } from './conference-commands.js';
import { endHelp, helpCall, takeOverCall } from './help-commands.js';
import {
  completeTransfer,
  mergeTransfer,
  requestTransfer,
  swapTransfer,
  withdrawTransfer,
} from './transfer-commands.js';

const talking = () => new CallStory().arrives().offeredTo('801').rings().answers();
const asked = () => talking().transfersTo('802').customerWaits();
const consulting = () => {
  const story = asked();
  return story.engine({ kind: 'leg.ringing', legId: story.target }).targetAnswers();
};
const outside = { kind: 'number', id: null, name: '', number: '8101' } as const;
const phases = (story: CallStory) => story.call.handlings.map(({ phase }) => phase);
const dids = (story: CallStory, what: Parameters<CallStory['did']>[0]) => story.did(what).length;

describe('a warm transfer (clauses 24.13, 26.6, 26.7)', () => {
  it('brings the target to the agent only when the customer hears music', () => {
    const story = talking().transfersTo('802');
    story.targetAnswers();
    expect(dids(story, 'connect')).toBe(1);
    story.customerWaits();
    expect(story.did('connect').at(-1)).toMatchObject({ legIds: [story.target] });
    expect(phases(story)).toEqual(['held', 'consulted']);
  });

  it('is completed only after the target answered', () => {
    const early = asked().agent(completeTransfer);
    expect(early.refusal?.code).toBe('transfer.not-answered');
    const story = consulting();
    const [first] = story.call.handlings;
    story.agent(completeTransfer);
    expect(story.did('connect').at(-1)).toMatchObject({ legIds: expect.arrayContaining([story.customer]) });
    expect(story.did('end-leg')).toContainEqual({ do: 'end-leg', legId: first?.legId });
    story.customerConnected();
    expect(phases(story)).toEqual(['wrap-up', 'talking']);
    expect(story.call.mainId).toBe(story.call.handlings[1]?.id);
    expect(replay(story.timeline)).toEqual(story.call);
  });

  it.each(['rejected', 'unreachable', 'failed'] as const)('gives the customer back when it is %s', (why) => {
    const story = asked();
    story.engine({ kind: 'leg.refused', legId: story.target, why });
    expect(story.call.transferFailed?.why).toBe(why);
    expect(story.kinds).toContain('hold.resume-requested');
    story.customerConnected();
    expect(phases(story)).toEqual(['talking', 'missed']);
  });

  it('gives the customer back when nobody of the queue answers in time', () => {
    const story = talking();
    story.asksFor({ kind: 'queue', id: agentIdOf('900'), name: '前台', number: null }).customerWaits();
    expect(story.did('enter-queue').at(-1)).toMatchObject({ queueId: agentIdOf('900') });
    story.passes(story.policy.transfer.patienceMs + 500);
    expect(story.call.transferFailed?.why).toBe('no-answer');
    expect(dids(story, 'leave-queue')).toBeGreaterThan(0);
  });

  it('is declined on record when the customer does not agree, and nobody is rung', () => {
    const story = talking().asksFor(outside, 'consult', false);
    expect(story.refusal?.code).toBe('transfer.no-consent');
    expect(story.kinds.at(-1)).toBe('transfer.declined');
    expect([story.call.state, dids(story, 'ring-number')]).toEqual(['talking', 0]);
  });

  it('swaps only when the one who is left hears music, and is withdrawn from either side', () => {
    const story = consulting().agent(swapTransfer);
    expect(story.did('wait').at(-1)).toMatchObject({ legId: story.target });
    story.customerConnected();
    expect(story.call.transfer?.with).toBe('customer');
    story.agent(withdrawTransfer);
    expect(story.call.transfer).toBeNull();
    expect(phases(story)).toEqual(['talking', 'closed']);
  });

  it('goes on with the target when the agent is lost after the answer, to the queue before it', () => {
    const after = consulting();
    after.hangsUp(after.handling.legId);
    expect(after.kinds).toContain('transfer.completed');
    expect(phases(after)).toEqual(['wrap-up', 'talking']);
    const before = asked();
    before.hangsUp(before.handling.legId);
    expect(before.call.state).toBe('queued');
    expect(before.kinds.at(-1)).toBe('queue.entered');
    expect(before.did('enter-queue').at(-1)).toMatchObject({ front: true });
  });

  it('refuses a second one, oneself, and one who is in the call', () => {
    const story = asked().transfersTo('803');
    expect(story.refusal?.code).toBe('call.not-allowed-now');
    expect(talking().transfersTo('801').refusal?.code).toBe('transfer.to-oneself');
    const joined = talking().transfersTo('802', 'join').targetAnswers();
    expect(joined.transfersTo('802', 'join').refusal?.code).toBe('transfer.already-in-call');
  });

  it('refuses an unknown reason before anything else happens', () => {
    const story = talking().agent((desk) =>
      requestTransfer(desk, { mode: 'consult', target: outside, reason: 'bored', consent: true, matter: '' }),
    );
    expect(story.refusal?.code).toBe('transfer.reason-unknown');
    expect(story.kinds).not.toContain('transfer.requested');
  });
});

describe('a customer handed over to an outside number', () => {
  it('talks on until one of the two goes', () => {
    const story = talking().asksFor(outside).customerWaits();
    story.targetAnswers().agent(completeTransfer).customerConnected();
    expect(story.call.state).toBe('handed-over');
    const legId = story.call.parties[0]?.legId ?? '';
    story.hangsUp(legId);
    expect(story.did('end-leg')).toContainEqual({ do: 'end-leg', legId: story.customer });
    story.engine({ kind: 'leg.ended', legId: story.customer, by: 'local', cause: 'normal' });
    expect(story.call).toMatchObject({ endedBy: 'outside', outcome: 'answered' });
  });
});

describe('a conference', () => {
  it('is of three after a merge; hold is refused; the charge passes on when the agent leaves', () => {
    const story = consulting().agent(mergeTransfer).customerConnected();
    expect(phases(story)).toEqual(['talking', 'talking']);
    const hold = { callId: '', reason: 'check-record', consent: true, limitMs: 30_000 };
    expect(story.agent((desk) => holdCall(desk, hold)).refusal?.code).toBe('hold.conference');
    expect(story.agent((desk) => dropMember(desk, 'nobody')).refusal?.code).toBe('conference.member-unknown');
    story.agent(leaveConference);
    expect(phases(story)).toEqual(['wrap-up', 'talking']);
    expect(story.kinds).toContain('charge.passed');
  });
});

describe('a lead’s help', () => {
  const lead = { id: agentIdOf('800'), name: '张慧', number: '800' };
  const listening = () => {
    const story = talking().lead((call, now) => helpCall(call, lead, 'listen', now));
    const legId = story.call.helps[0]?.legId ?? '';
    const targetLegId = story.handling.legId;
    story.engine({ kind: 'leg.answered', legId });
    return story.engine({ kind: 'leg.listening', legId, targetLegId, mode: 'listen' });
  };

  it('listens to the agent’s leg and ends without a trace in the talk', () => {
    const story = listening();
    expect(story.did('listen')).toEqual([
      { do: 'listen', legId: story.call.helps[0]?.legId, targetLegId: story.handling.legId },
    ]);
    story.lead((call, now) => endHelp(call, lead.id, now));
    expect(story.did('end-leg')).toContainEqual({ do: 'end-leg', legId: story.call.helps[0]?.legId });
    expect(story.call.state).toBe('talking');
  });

  it('lets one lead speak and the others listen', () => {
    const other = { id: agentIdOf('799'), name: '何丽', number: '799' };
    const story = listening().lead((call, now) => helpCall(call, lead, 'whisper', now));
    expect(story.lead((call, now) => helpCall(call, other, 'join', now)).refusal?.code).toBe(
      'help.other-lead',
    );
    expect(story.lead((call, now) => helpCall(call, other, 'listen', now)).refusal).toBeUndefined();
  });

  it('takes over on the leg it listens with, but not while a transfer is under way', () => {
    const story = listening();
    story.lead((call, now) => takeOverCall(call, lead.id, now));
    expect(phases(story)).toEqual(['wrap-up', 'talking']);
    expect(story.handling.agentId).toBe(lead.id);
    const passing = listening().transfersTo('802');
    expect(passing.lead((call, now) => takeOverCall(call, lead.id, now)).refusal?.code).toBe(
      'transfer.under-way',
    );
  });
});
