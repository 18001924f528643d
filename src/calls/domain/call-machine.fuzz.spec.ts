import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { beginnings, phoneStep, type Step, step } from '../../../test/builders/call-steps.js';
import type { CallStory } from '../../../test/builders/call-story.js';
import { expectJudged } from '../../../test/builders/call-verdicts.js';
import { mustHold } from '../../../test/builders/legal-call.js';
import { menuEndings, menuFacts } from '../../../test/builders/menu-mazes.js';
import { fuzzed } from '../../../test/support/fuzzed.js';
import type { FactKind } from '../../contracts/timeline.js';
import { replay } from './advance.js';

/*
 * Anything may happen in any order: what agents press, what the engine tells (late, twice, about legs that are gone), time.
 * Whatever it was, the call must stay legal, the customer must never be forgotten, and the end must end everything.
 */

const awayFacts: FactKind[] = [
  'agent.away',
  'ring.moved',
  'agent.recall-failed',
  'agent.back',
  'agent.moved',
];
const withPhones = fc.array(fc.oneof({ weight: 5, arbitrary: step }, { weight: 1, arbitrary: phoneStep }), {
  maxLength: 60,
  size: 'max',
});

const deepFacts: FactKind[] = [
  'agent-number.started',
  'agent-number.ended',
  'transfer.completed',
  'transfer.failed',
  'transfer.withdrawn',
  'transfer.swapped',
  'transfer.merged',
  'consult.ended',
  'charge.passed',
  'customer.handed-over',
  'member.joined',
  'member.left',
  'party.left',
  'party.refused',
  'help.took-over',
  'help.ended',
  'help.mode-requested',
  'dial.answered',
  'dial.refused',
  'agent.lost',
  ...menuFacts,
];

/** One call walked through all its steps; the story it came to. */
function walk(begin: () => CallStory, steps: readonly Step[], announces: boolean): CallStory {
  const story = begin();
  story.announcesNumbers = announces;
  const take = (what: Step) => {
    try {
      what(story);
      mustHold(story);
    } catch (error) {
      throw new Error(`after ${story.kinds.join(' ')}`, { cause: error });
    }
  };
  for (const each of steps) take(each);
  expect(replay(story.timeline)).toEqual(story.call);
  // Left alone, nobody stays in a menu.
  if (story.call.state === 'menu') take(() => story.passes(60 * 60_000));
  expect(story.call.state === 'menu' && story.call.menu?.to !== 'end').toBe(false);
  take(expectJudged);
  take(() => story.hangsUp(story.customer));
  take(expectJudged);
  expect(story.call.state).toBe('ended');
  return story;
}

describe('the call machine', () => {
  const steps = fc.array(step, { maxLength: 60, size: 'max' });

  it('stays legal when phones go and come', () => {
    const seen = new Set<FactKind>();
    fc.assert(
      fc.property(beginnings, withPhones, fc.boolean(), (begin, taken, announces) => {
        for (const { kind } of walk(begin, taken, announces).timeline) seen.add(kind);
      }),
      fuzzed(200),
    );
    expect(awayFacts.filter((kind) => !seen.has(kind))).toEqual([]);
  });

  it('stays legal whatever happens, is told by its timeline, and gets everywhere on these walks', () => {
    const seen = new Set<FactKind>();
    const endings = new Set<string>();
    fc.assert(
      fc.property(beginnings, steps, fc.boolean(), (begin, taken, announces) => {
        const { timeline } = walk(begin, taken, announces);
        for (const event of timeline) {
          seen.add(event.kind);
          if (event.kind === 'menu.left') endings.add(event.data.why);
        }
      }),
      fuzzed(500),
    );
    // A walk that does not get anywhere proves nothing.
    expect(deepFacts.filter((kind) => !seen.has(kind))).toEqual([]);
    expect(menuEndings.filter((why) => !endings.has(why))).toEqual([]);
  });
});
