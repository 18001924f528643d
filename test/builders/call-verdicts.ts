import assert from 'node:assert/strict';
import { describe, expect, it } from '@jest/globals';
import { type FindingCode, findings } from '../../src/contracts/finding.js';
import { type Verdict, type VerdictOutcome, verdictSchema } from '../../src/contracts/verdict.js';
import { evaluate } from '../../src/standard/domain/evaluate.js';
import { agentIdOf, type CallStory } from './call-story.js';

/** Every verdict on one handling of a call told through the call machine, at the story's present. */
export const verdictsOn = ({ timeline, policy, now }: CallStory, handlingId: string): Verdict[] =>
  evaluate({ timeline, handlingId, policy, asOf: now });

/** The verdict on an agent's last part in the call; throws when the standard does not judge that. */
export function verdictOn(story: CallStory, agentNumber: string, clause: string, part = ''): Verdict {
  const handling = story.call.handlings.findLast(({ agentId }) => agentId === agentIdOf(agentNumber));
  const verdict = handling
    ? verdictsOn(story, handling.id).find((one) => one.clause === clause && one.part === part)
    : undefined;
  if (!verdict) throw new Error(`no verdict for ${clause} ${part} of ${agentNumber}`);
  return verdict;
}

export type CallRow = [
  story: string,
  told: () => CallStory,
  agentNumber: string,
  outcome: VerdictOutcome,
  finding: FindingCode,
  params?: Verdict['params'],
];

/** A table of calls, each with what the clause says of one agent's part. */
export function judges(clause: string, part: string, rows: CallRow[]): void {
  describe(`clause ${clause} ${part}`, () => {
    it.each(rows)('%s', (_story, told, agentNumber, outcome, finding, params = {}) => {
      const verdict = verdictOn(told(), agentNumber, clause, part);
      expect([verdict.outcome, verdict.finding]).toEqual([outcome, finding]);
      expect(verdict.params).toMatchObject(params);
    });
  });
}

/**
 * Whatever happened: every agent's part is judged, each clause and part once, by verdicts that keep the contract and rest
 * on facts that are there.
 */
export function expectJudged(story: CallStory): void {
  for (const { id } of story.call.handlings) {
    const verdicts = verdictsOn(story, id);
    const parts = verdicts.map(({ clause, part }) => `${clause} ${part}`);
    assert.equal(new Set(parts).size, parts.length);
    assert.deepEqual(
      [...new Set(verdicts.map(({ clause }) => clause))],
      story.policy.clauses.map((clause) => clause.id),
    );
    for (const verdict of verdicts) {
      assert.deepEqual(
        Object.keys(verdictSchema.parse(verdict).params).sort(),
        [...findings[verdict.finding]].sort(),
      );
      if (verdict.outcome === 'pass' || verdict.outcome === 'fail') {
        assert.ok(verdict.evidence.length > 0, `${verdict.clause} ${verdict.finding} without evidence`);
      }
      for (const one of verdict.evidence) {
        if (one.kind === 'event') {
          const { kind, at } = story.timeline[one.seq - 1] ?? {};
          assert.deepEqual([kind, at], [one.event, one.at]);
        }
        if (one.kind === 'range')
          assert.ok(
            Date.parse(one.until) >= Date.parse(one.from),
            `${verdict.clause} ${one.what} ends before`,
          );
      }
    }
  }
}

/** An answered call, both having spoken. */
export const inTalk = (story: CallStory): CallStory =>
  story
    .arrives()
    .offeredTo('801')
    .rings()
    .passes(4_000)
    .answers()
    .passes(700)
    .says('agent', 2_000)
    .says('customer', 2_000);
