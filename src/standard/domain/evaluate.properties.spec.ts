import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { judged } from '../../../test/builders/judged.js';
import { aCall, type TimelineStory } from '../../../test/builders/timeline.js';
import { fuzzed } from '../../../test/support/fuzzed.js';
import { findings } from '../../contracts/finding.js';
import { verdictSchema } from '../../contracts/verdict.js';
import { defaultPolicy } from '../policy/default-policy.js';

type Step = (story: TimelineStory) => TimelineStory;

const ms = (max: number) => fc.integer({ min: 0, max });
const talkStep: fc.Arbitrary<Step> = fc.oneof(
  fc.tuple(fc.constantFrom('agent' as const, 'customer' as const), ms(6_000), ms(9_000)).map(
    ([who, after, forMs]): Step =>
      (story) =>
        story.speaks(who, { after, forMs }),
  ),
  fc.tuple(ms(5_000), ms(90_000), fc.constantFrom(15_000, 30_000, 60_000), fc.boolean()).map(
    ([after, forMs, limitMs, asked]): Step =>
      (story) =>
        story.held({ after, forMs, limitMs, asked }),
  ),
  ms(20_000).map(
    (forMs): Step =>
      (story) =>
        story.heldByPhone({ forMs }),
  ),
  ms(5_000).map(
    (gap): Step =>
      (story) =>
        story.gap(gap),
  ),
  ms(3_000).map(
    (after): Step =>
      (story) =>
        story.fileShown(after),
  ),
  ms(3_000).map(
    (after): Step =>
      (story) =>
        story.holdDeclined(after),
  ),
);
const talkEnd: fc.Arbitrary<Step> = fc.oneof(
  ms(9_000).map(
    (after): Step =>
      (story) =>
        story.customerHangsUp(after),
  ),
  fc.tuple(ms(9_000), fc.constantFrom(null, 'abuse', 'other', 'tired')).map(
    ([after, reason]): Step =>
      (story) =>
        story.agentHangsUp({ after, reason }),
  ),
  fc.constantFrom('left' as const, 'device-lost' as const).map(
    (why): Step =>
      (story) =>
        story.agentLost(why),
  ),
  fc.constant<Step>((story) => story.held()),
  fc.constant<Step>((story) => story.systemEnds('engine')),
);
const answered: fc.Arbitrary<Step> = fc
  .tuple(ms(20_000), fc.array(talkStep, { maxLength: 6 }), talkEnd, fc.option(fc.boolean()))
  .map(
    ([after, steps, end, read]): Step =>
      (story) => {
        const talked = end(steps.reduce((told, step) => step(told), story.answers(after)));
        if (read === null || !talked.events().some(({ kind }) => kind === 'call.ended')) return talked;
        return talked.wrapsUp({ nameReadBack: read, outcome: read ? 'resolved' : 'follow-up' });
      },
  );
const ended: fc.Arbitrary<Step> = fc.oneof(
  { weight: 5, arbitrary: answered },
  {
    weight: 1,
    arbitrary: fc.constantFrom('three-rings' as const, 'rejected' as const, 'device-lost' as const).map(
      (why): Step =>
        (story) =>
          story.misses(why),
    ),
  },
  {
    weight: 1,
    arbitrary: ms(9_000).map(
      (after): Step =>
        (story) =>
          story.callerGivesUp(after),
    ),
  },
  {
    weight: 1,
    arbitrary: ms(20_000).map(
      (after): Step =>
        (story) =>
          story.pass(after),
    ),
  },
);
const stories = ended.map((step) => () => step(aCall().arrives().queued().rings()));

const parts = (story: TimelineStory) => judged(story).map(({ clause, part }) => `${clause} ${part}`);
const allParts = parts(aCall().arrives().rings());

describe('whatever happens in a call', () => {
  it('every clause appears, each part once, in the policy’s order, in every state', () => {
    const clauses = [...new Set(judged(aCall().arrives().rings()).map(({ clause }) => clause))];
    expect(clauses).toEqual(defaultPolicy.clauses.map(({ id }) => id));
    expect(new Set(allParts).size).toBe(allParts.length);
    fc.assert(
      fc.property(stories, (tell) => expect(parts(tell())).toEqual(allParts)),
      fuzzed(),
    );
  });

  it('the same facts give the same verdicts, and the story is not touched', () => {
    fc.assert(
      fc.property(stories, (tell) => {
        const story = tell();
        const before = JSON.stringify(story.events());
        expect(judged(story)).toEqual(judged(story));
        expect(JSON.stringify(story.events())).toBe(before);
      }),
      fuzzed(),
    );
  });

  it('a failing verdict names its evidence, and a passing one too', () => {
    fc.assert(
      fc.property(stories, (tell) => {
        const bare = judged(tell()).filter(
          ({ outcome, evidence }) => (outcome === 'fail' || outcome === 'pass') && evidence.length === 0,
        );
        expect(bare).toEqual([]);
      }),
      fuzzed(),
    );
  });

  it('evidence points at facts that are there, and stretches do not run backwards', () => {
    fc.assert(
      fc.property(stories, (tell) => {
        const story = tell();
        for (const one of judged(story).flatMap(({ evidence }) => evidence)) {
          if (one.kind === 'event')
            expect(story.events()[one.seq - 1]).toMatchObject({ kind: one.event, at: one.at });
          if (one.kind === 'range')
            expect(Date.parse(one.until)).toBeGreaterThanOrEqual(Date.parse(one.from));
        }
      }),
      fuzzed(),
    );
  });

  it('each verdict keeps the contract and gives the numbers that its text names', () => {
    fc.assert(
      fc.property(stories, (tell) => {
        for (const verdict of judged(tell())) {
          expect(Object.keys(verdictSchema.parse(verdict).params).sort()).toEqual(
            [...findings[verdict.finding]].sort(),
          );
        }
      }),
      fuzzed(),
    );
  });

  it('digits and mutes change nothing', () => {
    fc.assert(
      fc.property(stories, fc.array(fc.boolean(), { maxLength: 5 }), (tell, noise) => {
        const story = tell();
        const before = judged(story);
        for (const digit of noise) digit ? story.digits(0) : story.mutes(0);
        expect(judged(story)).toEqual(before);
      }),
      fuzzed(),
    );
  });

  it('what is certain during a call is still so after it', () => {
    fc.assert(
      fc.property(fc.array(talkStep, { maxLength: 6 }), talkEnd, (steps, end) => {
        const story = steps.reduce((told, step) => step(told), aCall().arrives().queued().rings().answers());
        const failedLive = judged(story).filter(({ outcome }) => outcome === 'fail');
        const after = judged(end(story));
        for (const { clause, part } of failedLive) {
          expect(after.find((one) => one.clause === clause && one.part === part)?.outcome).toBe('fail');
        }
      }),
      fuzzed(),
    );
  });
});
