import type { Evidence } from '../../contracts/verdict.js';
import { facts, range } from './finding.js';
import { awayWithin, gapWithin, type HandlingStory } from './handling-story.js';
import type { Hold } from './talk-parts.js';

const endOfHold = (story: HandlingStory, hold: Hold) => hold.untilMs ?? story.nowMs;

/**
 * How long the customer certainly waited for the agent: a gap may hide a resume, so only the time before it counts; while
 * the agent's phone was away the agent could not come back.
 */
export function certainMs(story: HandlingStory, hold: Hold): number {
  const gap = gapWithin(story, hold.fromMs, endOfHold(story, hold));
  const until = gap ? Math.max(hold.fromMs, gap.fromMs) : endOfHold(story, hold);
  return Math.max(0, until - hold.fromMs - awayWithin(story, hold.fromMs, until));
}

/** Holds as evidence: what began and ended each, and the stretch. */
export const holdProof = (story: HandlingStory, holds: readonly Hold[]): Evidence[] =>
  holds.flatMap((hold) => [
    ...facts(hold.granted, hold.event, hold.resumed),
    range('hold', hold.fromMs, endOfHold(story, hold)),
  ]);
