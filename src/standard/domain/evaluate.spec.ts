import { describe, expect, it } from '@jest/globals';
import { judged, ringing, talking, verdictOf } from '../../../test/builders/judged.js';
import { anAnsweredCall } from '../../../test/builders/timeline.js';
import type { PolicyDocument } from '../../contracts/policy.js';
import { defaultPolicy } from '../policy/default-policy.js';
import { evaluate } from './evaluate.js';

describe('clauses that nothing measures yet', () => {
  const ended = () => talking().held({ forMs: 9_000 }).agentSpeaks().customerHangsUp().wrapsUp();

  it.each([
    ['1', '', 'for-inspector', 'for-inspector'],
    ['14', '', 'for-inspector', 'for-inspector'],
    ['24.9', '', 'not-determinable', 'audio-missing'],
    ['27.1', '', 'not-determinable', 'transcript-missing'],
    ['26.1', 'greeting', 'not-determinable', 'transcript-missing'],
    ['26.5', '', 'not-determinable', 'events-missing'],
    ['26.7', '', 'not-applicable', 'transfer.none'],
    ['25', 'prepared', 'not-applicable', 'outbound-only'],
  ])('%s %s', (clause, part, outcome, finding) => {
    expect(verdictOf(ended(), clause, part)).toMatchObject({ outcome, finding });
  });

  it('say nothing of a call that nobody answered', () => {
    const verdicts = judged(ringing().misses('three-rings')).filter(({ part }) => part !== 'rings');
    expect(new Set(verdicts.map(({ outcome }) => outcome))).toEqual(new Set(['not-applicable']));
  });

  it('another agent’s handling is judged by itself', () => {
    const story = ringing().misses('three-rings');
    const first = story.handlingId;
    story.handlingId = crypto.randomUUID();
    story.rings().answers(2_000).agentSpeaks().customerHangsUp();
    const of = (handlingId: string) =>
      evaluate({ timeline: story.events(), handlingId, policy: defaultPolicy, asOf: story.now }).find(
        ({ part }) => part === 'rings',
      )?.finding;
    expect([of(first), of(story.handlingId)]).toEqual(['rings.missed', 'rings.within']);
  });

  it('an unknown handling is a bug, not a verdict', () => {
    const input = { timeline: talking().events(), handlingId: 'nobody', policy: defaultPolicy, asOf: 0 };
    expect(() => evaluate(input)).toThrow('knows no handling');
  });
});

describe('the policy decides', () => {
  it('how many rings, how long a promise, and whether the sum counts', () => {
    const policy: PolicyDocument = {
      ...defaultPolicy,
      ring: { ...defaultPolicy.ring, rings: 5 },
      hold: { ...defaultPolicy.hold, totalCeilingMs: null },
    };
    const story = anAnsweredCall(19_000).held({ forMs: 40_000 }).held({ forMs: 40_000 }).customerHangsUp();
    expect(verdictOf(story, '26.1', 'rings', policy).outcome).toBe('pass');
    expect(verdictOf(story, '24.14', 'total', policy).outcome).toBe('not-applicable');
  });
});
