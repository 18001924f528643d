import { type Finding, facts, found, type Judge, neverWithCustomer, seconds } from './finding.js';
import type { HandlingStory } from './handling-story.js';
import { msOf } from './timeline-facts.js';

/** Whether a lead came when the agent asked, and how fast: a hint, for a person judges the clause. */
function hint({ helpCalls }: HandlingStory): Finding {
  const count = helpCalls.length;
  if (count === 0) return found('for-inspector', 'for-inspector', {});
  const evidence = helpCalls.flatMap(({ called, came }) => facts(called, came));
  const waits = helpCalls.flatMap(({ called, came }) => (came ? [msOf(came) - msOf(called)] : []));
  return waits.length > 0
    ? found('for-inspector', 'help.came', { count, seconds: seconds(Math.max(...waits)) }, evidence)
    : found('for-inspector', 'help.nobody-came', { count }, evidence);
}

/** Clause 20: with a rude customer the agent asks a lead for help. */
export const judgeHelp: Judge = (story) => neverWithCustomer(story) ?? hint(story);
