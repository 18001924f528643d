import type { PolicyDocument } from '../../contracts/policy.js';
import {
  type Finding,
  facts,
  found,
  inProgress,
  type Judge,
  ofTalk,
  range,
  seconds,
  unknownGap,
} from './finding.js';
import { gapWithin, type HandlingStory } from './handling-story.js';
import { msOf } from './timeline-facts.js';

/** Which ring sounds at that moment: the first from 0 ms, the next one each cadence later (clause 26.1). */
export function ringAt(elapsedMs: number, ring: PolicyDocument['ring']): number {
  return Math.floor(Math.max(0, elapsedMs) / (ring.onMs + ring.offMs)) + 1;
}

/** Clause 26.1: answered within three rings; the fourth ring starts at rings × cadence. */
export const judgeRings: Judge = (story, policy) => {
  // The agent's own phone, rung so that the agent can dial, is no customer's ring; a colleague's transfer is.
  if (story.dial) return found('not-applicable', 'inbound-only', {});
  if (!story.offered && story.charge)
    return found('not-applicable', 'take-over.no-ring', {}, facts(story.charge));
  if (story.missed) return judgeMissed(story, policy);
  const { ringing, answered, cancelled } = story;
  if (!ringing) return ringingUnknown(story);
  const startedMs = msOf(ringing);
  if (cancelled) {
    const rings = ringAt(msOf(cancelled) - startedMs, policy.ring);
    const finding = story.viaColleague ? 'rings.called-off' : 'rings.caller-left';
    return found('not-applicable', finding, { rings }, facts(ringing, cancelled));
  }
  const limit = policy.ring.rings;
  const untilMs = answered ? msOf(answered) : story.nowMs;
  const elapsed = untilMs - startedMs;
  const rings = ringAt(elapsed, policy.ring);
  const gap = gapWithin(story, startedMs, untilMs);
  if (gap) return unknownGap(gap);
  const params = { rings, limit, seconds: seconds(elapsed) };
  const evidence = [...facts(ringing, answered), range('ringing', startedMs, untilMs)];
  if (rings > limit) return found('fail', 'rings.too-many', params, evidence);
  return answered ? found('pass', 'rings.within', params, evidence) : inProgress();
};

function ringingUnknown(story: HandlingStory): Finding {
  const over = story.answered ?? story.cancelled;
  if (!over) return inProgress();
  if (story.answered) return found('not-determinable', 'rings.start-unknown', {}, facts(over));
  return found('not-applicable', 'not-answered', {}, facts(over));
}

function judgeMissed(story: HandlingStory, policy: PolicyDocument): Finding {
  const { missed, ringing } = story;
  if (!missed) return inProgress();
  const evidence = facts(ringing, missed);
  if (missed.data.why === 'three-rings')
    return found('fail', 'rings.missed', { limit: policy.ring.rings }, evidence);
  if (missed.data.why === 'rejected') {
    const rings = ringing ? ringAt(msOf(missed) - msOf(ringing), policy.ring) : 0;
    return found('fail', 'rings.rejected', { rings }, evidence);
  }
  // A phone that cannot be reached says nothing of the agent.
  return found('not-determinable', 'rings.phone-failed', { why: missed.data.why }, evidence);
}

/** A colleague greeted the customer: clause 26.8 asks for other words of this agent. */
const greetedAlready = ({ withCustomer, viaColleague }: HandlingStory): Finding | undefined =>
  viaColleague ? found('not-applicable', 'greeting.by-colleague', {}, facts(withCustomer)) : undefined;

/** Clause 26.1: what is said in the greeting. */
export const judgeGreeting: Judge = ofTalk(
  (story) => greetedAlready(story) ?? found('not-determinable', 'transcript-missing', {}),
);

/** Clause 26.1: the greeting begins at once after the answer; on an outbound call, after the customer's. */
export const judgeFirstSpeech: Judge = ofTalk((story, policy, answeredMs) => {
  const greeted = greetedAlready(story);
  if (greeted) return greeted;
  const limitMs = policy.greeting.firstSpeechWithinMs;
  const limitSeconds = seconds(limitMs);
  const endMs = story.end ? msOf(story.end) : undefined;
  const fromMs = story.numberSaid ? msOf(story.numberSaid) : answeredMs;
  const speech = story.speeches.find((each) => each.who === 'agent' && each.fromMs >= answeredMs);
  const untilMs = speech?.fromMs ?? endMs ?? story.nowMs;
  const gap = gapWithin(story, answeredMs, untilMs);
  if (gap) return unknownGap(gap);
  // An agent who speaks before the number is over is not late.
  const waitedMs = Math.max(0, untilMs - fromMs);
  const evidence = [
    ...facts(story.withCustomer, story.numberSaid, speech?.event),
    range('before-first-speech', Math.min(fromMs, untilMs), untilMs),
  ];
  const params = { seconds: seconds(waitedMs), limitSeconds };
  if (speech) {
    return waitedMs <= limitMs
      ? found('pass', 'first-speech.in-time', params, evidence)
      : found('fail', 'first-speech.late', params, evidence);
  }
  // Only an engine that told of the customer's voice can be believed on the agent's silence.
  if (story.speeches.length === 0)
    return endMs === undefined ? inProgress() : found('not-determinable', 'speech-missing', {});
  if (waitedMs > limitMs) return found('fail', 'first-speech.none', params, evidence);
  if (endMs === undefined) return inProgress();
  return found('not-applicable', 'first-speech.call-too-short', { seconds: seconds(waitedMs) }, evidence);
});

/** Clause 23.5: the customer's file is on the screen while it rings, or by the end of the first ring. */
export const judgeFileShown: Judge = ofTalk((story, policy) => {
  const { offered, ringing, answered, fileShown, end } = story;
  if (story.dial) return found('not-applicable', 'inbound-only', {});
  if (!offered && story.charge) return found('not-applicable', 'take-over.no-ring', {}, facts(story.charge));
  if (!fileShown) return end ? found('not-determinable', 'file.not-reported', {}) : inProgress();
  if (!ringing) return found('not-determinable', 'rings.start-unknown', {}, facts(fileShown));
  const tookMs = Math.max(0, msOf(fileShown) - msOf(ringing));
  // A call picked up in its first ring leaves the screen less time than a person would notice.
  const dueMs = Math.max(
    (answered ? msOf(answered) : 0) - msOf(ringing),
    policy.ring.onMs + policy.ring.offMs,
  );
  const params = { seconds: seconds(tookMs) };
  return tookMs <= dueMs
    ? found('pass', 'file.shown-while-ringing', params, facts(ringing, fileShown))
    : found('fail', 'file.shown-late', params, facts(ringing, fileShown));
});
