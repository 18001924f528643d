import type { PolicyDocument } from '../../contracts/policy.js';
import type { Evidence } from '../../contracts/verdict.js';
import {
  type Finding,
  facts,
  found,
  gapInTalk,
  type Judge,
  ofTalk,
  range,
  seconds,
  unlessOpen,
} from './finding.js';
import { awayWithin, type Gap, gapWithin, type HandlingStory } from './handling-story.js';
import { certainMs, holdProof } from './hold-lengths.js';
import type { Hold } from './talk-parts.js';
import { msOf } from './timeline-facts.js';

/* A wait for a transfer is a wait like any other: the customer hears music. */

/** Clause 24.14: no hold over one minute. */
export const judgeEachHold: Judge = ofTalk((story, policy, answeredMs) => {
  const limitMs = policy.hold.ceilingMs;
  const over = story.holds.filter((hold) => certainMs(story, hold) > limitMs);
  const longest = (holds: readonly Hold[]) =>
    seconds(Math.max(...holds.map((hold) => certainMs(story, hold))));
  const params = (holds: readonly Hold[]) => ({
    count: holds.length,
    seconds: longest(holds),
    limitSeconds: seconds(limitMs),
  });
  if (over.length > 0) return found('fail', 'hold.over-ceiling', params(over), holdProof(story, over));
  return unlessOpen(story, gapInTalk(story, answeredMs), () =>
    story.holds.length === 0
      ? found('not-applicable', 'hold.none', {})
      : found('pass', 'hold.within-ceiling', params(story.holds), holdProof(story, story.holds)),
  );
});

/** Clause 24.14: what the customer waited in all holds together. */
export const judgeTotalHold: Judge = ofTalk((story, policy, answeredMs) => {
  const limitMs = policy.hold.totalCeilingMs;
  const sumMs = story.holds.reduce((sum, hold) => sum + certainMs(story, hold), 0);
  const count = story.holds.length;
  const params = { count, seconds: seconds(sumMs), limitSeconds: seconds(limitMs ?? 0) };
  if (limitMs !== null && sumMs > limitMs)
    return found('fail', 'hold.total-over', params, holdProof(story, story.holds));
  return unlessOpen(story, gapInTalk(story, answeredMs), () =>
    limitMs === null || count === 0
      ? found('not-applicable', 'hold.none', {})
      : found('pass', 'hold.total-within', params, holdProof(story, story.holds)),
  );
});

/** Clause 26.4: the reason was given, consent taken, a limit named, and the promise kept. */
export const judgePromise: Judge = ofTalk((story, policy, answeredMs) => {
  const unasked = story.holds.filter((hold) => !hold.granted);
  if (unasked.length > 0)
    return found('fail', 'hold.without-consent', { count: unasked.length }, holdProof(story, unasked));
  return (
    lateReturn(story) ??
    unknownReason(story, policy) ??
    unlessOpen(story, gapInTalk(story, answeredMs), () =>
      story.holds.length === 0
        ? found('not-applicable', 'hold.none', {})
        : found('pass', 'hold.promise-kept', { count: story.holds.length }, holdProof(story, story.holds)),
    )
  );
});

function lateReturn(story: HandlingStory): Finding | undefined {
  const late = story.holds.filter(
    (hold) => hold.granted && certainMs(story, hold) > hold.granted.data.limitMs,
  );
  const worst = late.toSorted((a, b) => certainMs(story, b) - certainMs(story, a))[0];
  if (!worst?.granted) return undefined;
  return found(
    'fail',
    'hold.longer-than-promised',
    {
      count: late.length,
      seconds: seconds(certainMs(story, worst)),
      limitSeconds: seconds(worst.granted.data.limitMs),
    },
    holdProof(story, late),
  );
}

function unknownReason(story: HandlingStory, policy: PolicyDocument): Finding | undefined {
  const known = policy.hold.reasons.map((reason) => reason.code);
  // The reason of a transfer's wait is the transfer's own (clause 26.6).
  const odd = story.holds.find(
    ({ granted }) => granted && granted.data.transferId === undefined && !known.includes(granted.data.reason),
  );
  if (!odd?.granted) return undefined;
  return found('fail', 'hold.reason-unknown', { reason: odd.granted.data.reason }, holdProof(story, [odd]));
}

interface Return {
  readonly hold: Hold;
  readonly waitedMs: number;
  readonly spoke: boolean;
  readonly gap: Gap | undefined;
  readonly evidence: Evidence[];
}

function returnFrom(story: HandlingStory, hold: Hold, resumedMs: number): Return {
  const speech = story.speeches.find(
    ({ who, fromMs, untilMs }) =>
      who === 'agent' && (untilMs === null || untilMs > resumedMs) && fromMs >= hold.fromMs,
  );
  const untilMs = Math.max(resumedMs, speech?.fromMs ?? (story.end ? msOf(story.end) : story.nowMs));
  return {
    hold,
    waitedMs: untilMs - resumedMs - awayWithin(story, resumedMs, untilMs),
    spoke: speech !== undefined,
    gap: gapWithin(story, resumedMs, untilMs),
    evidence: [...facts(hold.resumed, speech?.event), range('after-hold', resumedMs, untilMs)],
  };
}

/** Clause 23.11: back from a hold the agent speaks at once, to thank for the wait. */
export const judgeSpeaksAfterHold: Judge = ofTalk((story, policy, answeredMs) => {
  const limitMs = policy.hold.speakAfterResumeWithinMs;
  const returns = story.holds.flatMap((hold) =>
    hold.resumed ? [returnFrom(story, hold, msOf(hold.resumed))] : [],
  );
  const heard = story.speeches.length > 0;
  const silent = heard ? returns.filter(({ gap, waitedMs }) => !gap && waitedMs > limitMs) : [];
  const params = (some: readonly Return[]) => ({
    count: some.length,
    seconds: seconds(Math.max(0, ...some.map(({ waitedMs }) => waitedMs))),
    limitSeconds: seconds(limitMs),
  });
  const evidence = (some: readonly Return[]) => some.flatMap((one) => one.evidence);
  if (silent.length > 0) return found('fail', 'hold.silent-after', params(silent), evidence(silent));
  const gap = returns.find((one) => one.gap)?.gap ?? gapInTalk(story, answeredMs);
  return unlessOpen(story, gap, () => {
    if (story.holds.length === 0) return found('not-applicable', 'hold.none', {});
    // The call ended before the agent could have spoken: it says nothing of these.
    const spoken = returns.filter(({ spoke }) => spoke);
    if (returns.length === 0)
      return found(
        'not-applicable',
        'hold.not-resumed',
        { count: story.holds.length },
        holdProof(story, story.holds),
      );
    if (!heard) return found('not-determinable', 'speech-missing', {});
    if (spoken.length === 0)
      return found('not-applicable', 'hold.not-resumed', { count: returns.length }, evidence(returns));
    return found('pass', 'hold.spoke-after', params(spoken), evidence(spoken));
  });
});
