import { describe, expect, it } from '@jest/globals';
import { CallStory, queueOfStory } from '../../../test/builders/call-story.js';
import {
  announce,
  end,
  flowOf,
  hours,
  meetingsQueue,
  menu,
  queue,
  rulesOf,
  soundOf,
  spoken,
  usualFlow,
} from '../../../test/builders/flow.js';
import type { FlowDocument } from '../../contracts/flow.js';
import type { FactKind } from '../../contracts/timeline.js';
import { replay } from './advance.js';
import { digitsWritten } from './digits.js';

const inFlow = (document: FlowDocument) => new CallStory().arrivesIn(rulesOf(document));
const facts = (story: CallStory, kind: FactKind): object[] =>
  story.timeline.filter((event) => event.kind === kind).map(({ data }): object => data);
const played = (story: CallStory) =>
  story.did('play-prompt').map((directive) => 'sound' in directive && directive.sound);
const left = (story: CallStory) =>
  story.timeline.flatMap((event) => (event.kind === 'menu.left' ? [event.data] : [])).at(-1);

/** The welcome has been heard: the caller is at the menu. */
const atMenu = (document = usualFlow()) => inFlow(document).promptEnds();

describe('a caller in a flow', () => {
  it('hears the opening, chooses, and waits in the chosen queue', () => {
    const story = atMenu().promptEnds().passes(2_000).presses('2');
    expect(played(story)).toEqual([soundOf(9), soundOf(2)]);
    expect(facts(story, 'menu.digit')).toEqual([
      { stepId: 'menu', stepName: '业务选择', digit: '2', known: true, label: '会议咨询' },
    ]);
    expect(left(story)).toMatchObject({ why: 'chosen', to: 'queue' });
    expect(story.call).toMatchObject({ state: 'queued', queue: meetingsQueue });
    expect(story.did('enter-queue')).toEqual([
      { do: 'enter-queue', queueId: meetingsQueue.id, since: story.now, front: false },
    ]);
    expect(replay(story.timeline)).toEqual(story.call);
  });

  it('hears music from the first moment, before anything is played', () => {
    const story = inFlow(usualFlow());
    expect(story.directives.map(({ do: what }) => what)).toEqual([
      'open-line',
      'start-recording',
      'wait',
      'play-prompt',
    ]);
  });

  it('cuts off the menu with a key, and hears nothing of it any more', () => {
    const story = atMenu().presses('2');
    const cut = `prompt-${story.callId}-2`;
    expect(story.did('stop-prompt')).toEqual([{ do: 'stop-prompt', promptId: cut }]);
    expect(story.call.promptId).toBeNull();
    // The engine's own word of it comes after.
    story.engine({ kind: 'prompt.finished', legId: story.customer, promptId: cut });
    expect(facts(story, 'prompt.finished')).toHaveLength(2);
  });

  it('hears every prompt of an announcement in order, then goes on', () => {
    const story = inFlow(flowOf([announce('hello', 'queue', { prompts: [spoken(5), spoken(6)] }), queue()]));
    story.promptEnds().promptEnds();
    expect(played(story)).toEqual([soundOf(5), soundOf(6)]);
    expect(left(story)).toMatchObject({ why: 'passed', to: 'queue' });
  });

  it('skips an announcement by the key that the menu after it offers, unless it must be heard', () => {
    const flow = (skippable: boolean) =>
      flowOf([announce('hello', 'menu', { skippable }), menu(), queue(), queue('meetings'), end()]);
    const quick = inFlow(flow(true)).presses('1');
    expect(left(quick)).toMatchObject({ why: 'chosen', to: 'queue' });
    expect(inFlow(flow(true)).presses('7').call.menu?.stepId).toBe('menu');
    const patient = inFlow(flow(false)).presses('1');
    expect(patient.call.menu?.stepId).toBe('hello');
    expect(facts(patient, 'digit.received')).toHaveLength(1);
  });

  it('does not get past the opening by pressing keys', () => {
    const story = inFlow(usualFlow()).presses('123');
    expect(story.call.menu?.stepKind).toBe('opening');
    expect(story.did('stop-prompt')).toHaveLength(0);
  });
});

describe('a caller who does not choose', () => {
  it('is asked again after a wrong key, and told so', () => {
    const story = atMenu().presses('5');
    expect(played(story).slice(2)).toEqual([soundOf(3)]);
    story.promptEnds();
    expect(played(story).at(-1)).toBe(soundOf(2));
    expect(story.call.menu).toMatchObject({ failed: 1, stepId: 'menu' });
  });

  it('is asked again after a silence, which begins when the menu has been said', () => {
    const story = atMenu().passes(20_000);
    expect(facts(story, 'menu.timed-out')).toHaveLength(0);
    story.promptEnds().passes(4_900);
    expect(facts(story, 'menu.timed-out')).toHaveLength(0);
    story.passes(300);
    expect(facts(story, 'menu.timed-out')).toHaveLength(1);
    expect(played(story).at(-1)).toBe(soundOf(2));
  });

  it('is led on after the tries: into the queue of the number, or where the flow says', () => {
    const lost = atMenu().presses('555');
    expect(left(lost)).toMatchObject({ why: 'exhausted', to: 'queue' });
    expect(lost.call.queue?.id).toBe(queueOfStory.queueId);
    const silent = atMenu(usualFlow({ otherwise: 'meetings' }));
    for (let go = 0; go < 3; go++) silent.promptEnds().passes(5_200);
    expect(left(silent)).toMatchObject({ why: 'exhausted', to: 'queue' });
    expect(silent.call.queue?.id).toBe(meetingsQueue.id);
  });

  it('takes a key that came just before the time was over', () => {
    const story = atMenu().promptEnds().passes(5_100).presses('1');
    expect(left(story)?.why).toBe('chosen');
  });

  it('goes round only so often', () => {
    const story = atMenu().presses('9999');
    expect(left(story)).toMatchObject({ why: 'looped', to: 'queue' });
    expect(story.call.menu?.rounds.menu).toBe(3);
  });
});

describe('opening hours', () => {
  const flow = (change = {}) => flowOf([hours(change), menu(), queue(), queue('meetings'), end()]);

  it('lead to the menu while the house is open', () => {
    expect(inFlow(flow()).call.menu).toMatchObject({ stepId: 'menu', because: 'passed' });
  });

  it('lead to a goodbye that ends the call as closed', () => {
    const story = inFlow(flow({ weekly: [] }));
    expect(played(story)).toEqual([soundOf(4)]);
    story.promptEnds();
    expect(left(story)).toEqual({ stepId: 'end', why: 'closed', to: 'end' });
    expect(story.did('end-leg')).toEqual([{ do: 'end-leg', legId: story.customer }]);
    story.engine({ kind: 'leg.ended', legId: story.customer, by: 'local', cause: 'normal' });
    expect(story.call).toMatchObject({ outcome: 'closed', endedBy: 'system', state: 'ended' });
  });

  it('a caller who hangs up during the goodbye found nobody there, one in the menu gave up', () => {
    const closed = inFlow(flow({ weekly: [] }));
    closed.hangsUp(closed.customer);
    expect(closed.call.outcome).toBe('closed');
    const gaveUp = inFlow(flow());
    gaveUp.hangsUp(gaveUp.customer);
    expect(gaveUp.call.outcome).toBe('abandoned');
  });
});

describe('recording', () => {
  const later = { ...usualFlow(), recording: 'after-opening' } as const;

  it('begins with the opening, or once it has been heard', () => {
    expect(inFlow(usualFlow()).did('start-recording')).toHaveLength(1);
    const story = inFlow(later);
    expect(story.did('start-recording')).toHaveLength(0);
    story.promptEnds();
    expect(story.did('start-recording')).toHaveLength(1);
    story.presses('1');
    expect(facts(story, 'recording.due')).toHaveLength(1);
  });

  it('begins though the opening cannot be played', () => {
    const story = new CallStory().arrivesIn(rulesOf(later, { soundOf: () => undefined }));
    expect(story.did('start-recording')).toHaveLength(1);
  });
});

describe('what has gone meanwhile', () => {
  it('the flow: the caller waits in the queue of the number', () => {
    const story = new CallStory().arrivesIn(rulesOf(null));
    expect(left(story)).toMatchObject({ why: 'flow-gone', to: 'queue' });
    expect(story.call).toMatchObject({ state: 'queued', queue: { id: queueOfStory.queueId } });
    const later = atMenu();
    later.flow = rulesOf(null);
    later.promptEnds();
    expect(left(later)?.why).toBe('flow-gone');
  });

  it('the queue: as well', () => {
    const story = atMenu();
    story.flow = rulesOf(usualFlow(), { queues: new Map() });
    story.presses('2');
    expect(left(story)).toMatchObject({ why: 'flow-gone', to: 'queue' });
    expect(story.call.queue?.id).toBe(queueOfStory.queueId);
  });

  it('the prompts: a menu can be answered all the same, and is left in the end', () => {
    const rules = rulesOf(usualFlow(), { soundOf: () => undefined });
    expect(left(new CallStory().arrivesIn(rules).presses('2'))?.why).toBe('chosen');
    const silent = new CallStory().arrivesIn(rules).passes(16_000);
    expect(played(silent)).toEqual([]);
    expect(left(silent)?.why).toBe('exhausted');
    const goodbye = new CallStory().arrivesIn(rulesOf(flowOf([end()]), { soundOf: () => undefined }));
    expect(goodbye.did('end-leg')).toHaveLength(1);
  });

  it('the end of a prompt: it is taken as over after a while', () => {
    const story = atMenu().passes(201_000);
    expect(story.call.promptId).toBeNull();
    expect(story.did('stop-prompt')).toHaveLength(1);
    expect(left(story.passes(20_000))?.why).toBeUndefined();
    expect(facts(story, 'menu.timed-out').length).toBeGreaterThan(0);
  });
});

describe('a flood of keys', () => {
  it('is written down in part, and leads the caller to the queue', () => {
    const story = atMenu().presses('7'.repeat(3_000));
    expect(story.call.state).toBe('queued');
    expect(story.timeline.length).toBeLessThan(digitsWritten + 30);
    expect(facts(story, 'digit.flooded')).toEqual([{ who: 'customer' }]);
  });

  it('during the opening does not come through to the menu, which is left in time', () => {
    const story = inFlow(usualFlow()).presses('1'.repeat(500)).promptEnds().presses('1');
    expect(story.call.menu?.stepId).toBe('menu');
    for (let go = 0; go < 3; go++) story.promptEnds().passes(5_200);
    expect(left(story)?.why).toBe('exhausted');
  });
});
