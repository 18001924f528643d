import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { CallStory } from '../../../test/builders/call-story.js';
import { emptyWrapUp } from '../../contracts/wrap-up.js';
import { replay } from './advance.js';
import { activeHandling } from './call-model.js';
import * as commands from './commands.js';

/*
 * Anything may happen in any order: what agents press, what the engine tells (late, twice, about legs that are gone), time.
 * Whatever it was, the call must stay legal, the customer must never be forgotten, and the end must end everything.
 */

type Step = (story: CallStory) => void;

const anyLeg = (story: CallStory, pick: number) => {
  const legs = [story.customer, ...story.call.handlings.map(({ legId }) => legId)];
  return legs[pick % legs.length] ?? story.customer;
};
const withHandling =
  (run: Step): Step =>
  (story) => {
    if (story.call.handlings.length > 0) run(story);
  };
const reason = (story: CallStory) => story.policy.hold.reasons[0]?.code ?? '';
const outcome = (story: CallStory) => story.policy.wrapUp.outcomes[0]?.code ?? '';

const engineStep = fc
  .tuple(
    fc.nat(5),
    fc.constantFrom(
      'leg.ringing',
      'leg.answered',
      'leg.waiting',
      'leg.speaking',
      'leg.held-by-device',
      'leg.resumed-by-device',
      'connected',
      'silent',
      'refused',
      'ended-remote',
      'ended-local',
      'ended-engine',
    ),
  )
  .map(
    ([pick, what]): Step =>
      (story) => {
        const legId = anyLeg(story, pick);
        if (what === 'connected') story.engine({ kind: 'leg.connected', legId, roomId: 'room' });
        else if (what === 'silent') story.engine({ kind: 'leg.silent', legId, spokeMs: 500 });
        else if (what === 'refused') {
          if (legId !== story.customer) story.engine({ kind: 'leg.refused', legId, why: 'rejected' });
        } else if (what.startsWith('ended-')) {
          const by = what.slice('ended-'.length) as 'remote' | 'local' | 'engine';
          story.engine({ kind: 'leg.ended', legId, by, cause: 'fuzz' });
        } else story.engine({ kind: what as 'leg.ringing', legId });
      },
  );

const agentStep = fc
  .constantFrom<(story: CallStory) => (desk: commands.Desk) => ReturnType<typeof commands.answerCall>>(
    () => commands.answerCall,
    () => commands.rejectCall,
    () => commands.resumeCall,
    () => commands.withdrawHangUp,
    () => (desk) => commands.muteCall(desk, true),
    () => (desk) => commands.sendDigits(desk, '12'),
    () => (desk) => commands.hangUpCall(desk, undefined),
    (story) => (desk) => commands.hangUpCall(desk, story.policy.hangUp.reasons[0]?.code),
    (story) => (desk) =>
      commands.holdCall(desk, { callId: '', reason: reason(story), consent: true, limitMs: 30_000 }),
    (story) => (desk) =>
      commands.holdCall(desk, { callId: '', reason: reason(story), consent: false, limitMs: 30_000 }),
    (story) => (desk) => commands.completeWrapUp(desk, { ...emptyWrapUp, outcome: outcome(story) }, []),
  )
  .map((make): Step => withHandling((story) => story.agent(make(story))));

const step = fc.oneof(
  { weight: 6, arbitrary: engineStep },
  { weight: 4, arbitrary: agentStep },
  {
    weight: 3,
    arbitrary: fc.constantFrom('801', '802', '803').map(
      (number): Step =>
        (story) =>
          story.offeredTo(number),
    ),
  },
  { weight: 1, arbitrary: fc.constant<Step>(withHandling((story) => story.rings().answers())) },
  {
    weight: 2,
    arbitrary: fc.integer({ min: 0, max: 40_000 }).map(
      (ms): Step =>
        (story) =>
          story.passes(ms),
    ),
  },
);

function mustHold(story: CallStory): void {
  const { call } = story;
  const active = call.handlings.filter(({ phase }) =>
    ['offered', 'ringing', 'talking', 'held'].includes(phase),
  );
  expect(active.length).toBeLessThanOrEqual(1);
  expect(call.state === 'held').toBe(activeHandling(call)?.phase === 'held');
  if (call.state === 'talking') expect(activeHandling(call)?.phase).toBe('talking');
  // A customer who waits is known to routing: every return to the queue asked it for a place.
  if (call.state === 'queued' && !active.length) {
    const last = story.directives.findLast(({ do: what }) => what === 'enter-queue' || what === 'ring');
    expect(last?.do).toBe('enter-queue');
  }
  expect(call.closed).toBe(!call.customerLegAlive);
  if (!call.closed) return;
  expect(active).toHaveLength(0);
  expect(call.outcome).not.toBe('in-progress');
  const ended = story.did('end-leg').map((directive) => 'legId' in directive && directive.legId);
  for (const { legId } of call.handlings) expect(ended).toContain(legId);
}

describe('the call machine', () => {
  it('stays legal whatever happens, and is told by its timeline', () => {
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 60 }), (steps) => {
        const story = new CallStory().arrives();
        for (const take of steps) {
          take(story);
          mustHold(story);
        }
        expect(replay(story.timeline)).toEqual(story.call);
        story.hangsUp(story.customer);
        mustHold(story);
        expect(story.call.state).toBe('ended');
      }),
      { numRuns: 300 },
    );
  });
});
