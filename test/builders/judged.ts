import { describe, expect, it } from '@jest/globals';
import type { FindingCode } from '../../src/contracts/finding.js';
import type { PolicyDocument } from '../../src/contracts/policy.js';
import type { Verdict, VerdictOutcome } from '../../src/contracts/verdict.js';
import { evaluate } from '../../src/standard/domain/evaluate.js';
import { defaultPolicy } from '../../src/standard/policy/default-policy.js';
import { aCall, anAnsweredCall, type TimelineStory } from './timeline.js';

/** Every verdict on the story's handling, at the story's present. */
export const judged = (story: TimelineStory, policy: PolicyDocument = defaultPolicy): Verdict[] =>
  evaluate({ timeline: story.events(), handlingId: story.handlingId, policy, asOf: story.now });

/** One part's verdict; throws when the standard does not judge it. */
export function verdictOf(story: TimelineStory, clause: string, part = '', policy?: PolicyDocument): Verdict {
  const verdict = judged(story, policy).find((one) => one.clause === clause && one.part === part);
  if (!verdict) throw new Error(`no verdict for ${clause} ${part}`);
  return verdict;
}

export type Row = [
  story: string,
  told: () => TimelineStory,
  outcome: VerdictOutcome,
  finding: FindingCode,
  params?: Verdict['params'],
];

/** A table of stories, each with what the clause says of it. */
export function tells(clause: string, part: string, rows: Row[]): void {
  describe(`clause ${clause} ${part}`, () => {
    it.each(rows)('%s', (_story, told, outcome, finding, params = {}) => {
      const verdict = verdictOf(told(), clause, part);
      expect([verdict.outcome, verdict.finding]).toEqual([outcome, finding]);
      expect(verdict.params).toMatchObject(params);
    });
  });
}

export const ringing = (): TimelineStory => aCall().arrives().queued().rings();
export const talking = (): TimelineStory => anAnsweredCall().customerSpeaks().agentSpeaks();
