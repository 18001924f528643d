import { describe, expect, it } from '@jest/globals';
import { CallStory } from '../../../test/builders/call-story.js';
import { replay } from './advance.js';
import { numberPromptOf, numberSounds } from './agent-number.js';
import { allowedCommands } from './allowed.js';
import * as commands from './commands.js';
import { helpCall } from './help-commands.js';

/** The customer waits, the agent of this number answers, and the number is being said. */
const answered = (number = '801') => {
  const story = new CallStory();
  story.announcesNumbers = true;
  story.arrives().offeredTo(number).rings();
  return story.engine({ kind: 'leg.answered', legId: story.handling.legId });
};
const connections = (story: CallStory) => story.did('connect').length;
const since = (story: CallStory, from: number) => story.kinds.slice(from);

describe("the agent's number", () => {
  it('is said digit by digit before the two are connected', () => {
    const story = answered();
    expect(story.kinds.slice(-2)).toEqual(['ring.answered', 'agent-number.started']);
    const promptId = numberPromptOf(story.handling.id);
    expect(story.did('play-prompt')).toEqual([
      {
        do: 'play-prompt',
        promptId,
        sound: [
          'sanling/agent-number',
          'sanling/digit-8',
          'sanling/digit-0',
          'sanling/digit-1',
          'sanling/serves-you',
        ],
      },
    ]);
    expect(connections(story)).toBe(0);
    story.passes(2_500).saidNumber();
    expect(story.did('connect')).toMatchObject([{ legIds: [story.customer, story.handling.legId] }]);
    story.customerConnected();
    expect(story.kinds.slice(-2)).toEqual(['agent-number.ended', 'talk.started']);
    // Told again, it changes nothing.
    story.saidNumber();
    expect(story.kinds.at(-1)).toBe('talk.started');
    expect(replay(story.timeline)).toEqual(story.call);
  });

  it('is not said when the policy does not ask for it', () => {
    const story = new CallStory().arrives().offeredTo('801').rings().answers();
    expect(story.kinds).not.toContain('agent-number.started');
    expect(connections(story)).toBe(1);
  });

  it('whose end the engine does not tell holds nobody up for long', () => {
    const story = answered().passes(9_900);
    expect(connections(story)).toBe(0);
    story.passes(200);
    expect(story.kinds.at(-1)).toBe('agent-number.ended');
    expect(story.did('stop-prompt')).toHaveLength(1);
    expect(connections(story)).toBe(1);
  });

  it('ends with the customer who goes meanwhile', () => {
    const story = answered();
    story.hangsUp(story.customer);
    expect(story.call.state).toBe('ended');
    expect(story.handling.phase).toBe('wrap-up');
    const told = story.kinds.length;
    story.saidNumber().passes(20_000);
    expect(since(story, told)).toEqual([]);
  });

  it('is stopped when the agent goes, and the customer waits for the next, who is not announced', () => {
    const story = answered();
    const { id, legId } = story.handling;
    story.hangsUp(legId);
    expect(story.call.state).toBe('queued');
    expect(story.did('stop-prompt')).toContainEqual({ do: 'stop-prompt', promptId: numberPromptOf(id) });
    expect(story.did('wait').length).toBeGreaterThan(1);
    story.engine({ kind: 'prompt.finished', legId: story.customer, promptId: numberPromptOf(id) });
    expect(connections(story)).toBe(0);
    story.customerWaits().offeredTo('802').rings().answers();
    expect(story.kinds.filter((kind) => kind === 'agent-number.started')).toHaveLength(1);
    expect(story.call.state).toBe('talking');
    expect(connections(story)).toBe(1);
  });

  it('lets nothing be done that needs the customer on the line', () => {
    const story = answered();
    expect(allowedCommands(story.call, story.handling)).not.toContain('hold-call');
    expect(allowedCommands(story.call, story.handling)).not.toContain('transfer-call');
    const reason = story.policy.hold.reasons[0]?.code ?? '';
    story.agent((desk) => commands.holdCall(desk, { callId: '', reason, consent: true, limitMs: 30_000 }));
    expect(story.refusal?.code).toBe('call.not-allowed-now');
    story.transfersTo('802');
    expect(story.refusal?.code).toBe('call.not-allowed-now');
    const lead = { id: 'lead', name: 'lead', number: '800' };
    story.lead((call, now) => helpCall(call, lead, 'join', now));
    expect(story.refusal?.code).toBe('call.not-allowed-now');
  });

  it('is spoken for every digit', () => {
    expect(numberSounds('0123456789')).toHaveLength(12);
    expect(numberSounds('A-12')).toEqual([
      'sanling/agent-number',
      'sanling/digit-1',
      'sanling/digit-2',
      'sanling/serves-you',
    ]);
  });
});
