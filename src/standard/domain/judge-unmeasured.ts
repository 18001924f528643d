import type { Clause } from '../../contracts/policy.js';
import {
  type Finding,
  found,
  gapInTalk,
  inProgress,
  type Judge,
  neverWithCustomer,
  ofTalk,
  unknownGap,
} from './finding.js';

/** A clause that nothing measures yet: a person's to judge, or named with the evidence that is missing. */
export function judgeUnmeasured(clause: Clause): Judge {
  return (story) =>
    neverWithCustomer(story) ??
    (clause.served.includes('human') ? found('for-inspector', 'for-inspector', {}) : missing(clause));
}

function missing({ evidence }: Clause): Finding {
  if (evidence.includes('audio')) return found('not-determinable', 'audio-missing', {});
  if (evidence.includes('transcript')) return found('not-determinable', 'transcript-missing', {});
  return found('not-determinable', 'events-missing', {});
}

/** Clauses on what is said around a hold: only where there was one. */
export const aroundHolds = (clause: Clause): Judge =>
  ofTalk((story, policy, answeredMs) => {
    if (story.holds.length > 0) return judgeUnmeasured(clause)(story, policy);
    const gap = gapInTalk(story, answeredMs);
    if (gap) return unknownGap(gap);
    return story.end ? found('not-applicable', 'hold.none', {}) : inProgress();
  });
