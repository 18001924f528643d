import type { Clause } from '../../contracts/policy.js';
import {
  type Finding,
  facts,
  found,
  gapInTalk,
  inProgress,
  type Judge,
  ofTalk,
  unknownGap,
} from './finding.js';

/** A clause that nothing measures yet: a person's to judge, or named with the evidence that is missing. */
export function judgeUnmeasured(clause: Clause): Judge {
  return (story) => {
    if (!story.answered && (story.missed || story.cancelled))
      return found('not-applicable', 'not-answered', {}, facts(story.missed ?? story.cancelled));
    return clause.served.includes('human') ? found('for-inspector', 'for-inspector', {}) : missing(clause);
  };
}

function missing({ evidence }: Clause): Finding {
  if (evidence.includes('audio')) return found('not-determinable', 'audio-missing', {});
  if (evidence.includes('transcript')) return found('not-determinable', 'transcript-missing', {});
  return found('not-determinable', 'events-missing', {});
}

/** Clauses 25 and 26.2 ask something of outbound calls only. */
export const outboundOnly =
  (clause: Clause): Judge =>
  (story, policy) =>
    story.direction === 'inbound'
      ? found('not-applicable', 'outbound-only', {})
      : judgeUnmeasured(clause)(story, policy);

/** Clauses 26.6–26.8: the timeline knows no transfer, so there was none where nothing is hidden. */
export const judgeNoTransfer: Judge = ofTalk((story, _policy, answeredMs) => {
  const gap = gapInTalk(story, answeredMs);
  if (gap) return unknownGap(gap);
  return story.end ? found('not-applicable', 'transfer.none', {}) : inProgress();
});

/** Clauses on what is said around a hold: only where there was one. */
export const aroundHolds = (clause: Clause): Judge =>
  ofTalk((story, policy, answeredMs) => {
    if (story.holds.length > 0) return judgeUnmeasured(clause)(story, policy);
    const gap = gapInTalk(story, answeredMs);
    if (gap) return unknownGap(gap);
    return story.end ? found('not-applicable', 'hold.none', {}) : inProgress();
  });
