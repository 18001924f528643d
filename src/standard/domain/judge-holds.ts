import type { PolicyDocument } from '../../contracts/policy.js';
import type { Evidence } from '../../contracts/verdict.js';
import {
  type Finding,
  facts,
  found,
  gapInTalk,
  inProgress,
  type Judge,
  ofTalk,
  range,
  seconds,
  unknownGap,
} from './finding.js';
import { type Gap, gapWithin, type HandlingStory, type Hold, msOf } from './handling-story.js';

const endOfHold = (story: HandlingStory, hold: Hold) => hold.untilMs ?? story.nowMs;
const gapOfHold = (story: HandlingStory, hold: Hold) => gapWithin(story, hold.fromMs, endOfHold(story, hold));

/** How long the customer certainly waited: a gap may hide a resume, so only the time before it counts. */
function certainMs(story: HandlingStory, hold: Hold): number {
  const gap = gapOfHold(story, hold);
  const until = gap ? Math.max(hold.fromMs, gap.fromMs) : endOfHold(story, hold);
  return Math.max(0, until - hold.fromMs);
}

const proof = (story: HandlingStory, holds: readonly Hold[]): Evidence[] =>
  holds.flatMap((hold) => [
    ...facts(hold.granted, hold.event, hold.resumed),
    range('hold', hold.fromMs, endOfHold(story, hold)),
  ]);

/** What holds say when none of them fails: unknown, not over yet, or the given finding. */
function unlessOpen(story: HandlingStory, gap: Gap | undefined, settled: () => Finding): Finding {
  if (gap) return unknownGap(gap);
  return story.end ? settled() : inProgress();
}

/** Clause 24.13: nobody is put on hold without being asked; a hold made by the phone itself never asked. */
export const judgeConsent: Judge = ofTalk((story, _policy, answeredMs) => {
  const byPhone = story.holds.filter((hold) => hold.byPhone);
  if (byPhone.length > 0)
    return found('fail', 'hold.by-phone', { count: byPhone.length }, proof(story, byPhone));
  const unasked = story.holds.filter((hold) => !hold.granted);
  if (unasked.length > 0)
    return found('fail', 'hold.without-consent', { count: unasked.length }, proof(story, unasked));
  return unlessOpen(story, gapInTalk(story, answeredMs), () => {
    const count = story.holds.length;
    if (count > 0) return found('pass', 'hold.all-consented', { count }, proof(story, story.holds));
    const declined = story.declined.length;
    if (declined > 0)
      return found('pass', 'hold.refusal-respected', { count: declined }, facts(...story.declined));
    return found('not-applicable', 'hold.none', {});
  });
});

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
  if (over.length > 0) return found('fail', 'hold.over-ceiling', params(over), proof(story, over));
  return unlessOpen(story, gapInTalk(story, answeredMs), () =>
    story.holds.length === 0
      ? found('not-applicable', 'hold.none', {})
      : found('pass', 'hold.within-ceiling', params(story.holds), proof(story, story.holds)),
  );
});

/** Clause 24.14: what the customer waited in all holds together. */
export const judgeTotalHold: Judge = ofTalk((story, policy, answeredMs) => {
  const limitMs = policy.hold.totalCeilingMs;
  const sumMs = story.holds.reduce((sum, hold) => sum + certainMs(story, hold), 0);
  const count = story.holds.length;
  const params = { count, seconds: seconds(sumMs), limitSeconds: seconds(limitMs ?? 0) };
  if (limitMs !== null && sumMs > limitMs)
    return found('fail', 'hold.total-over', params, proof(story, story.holds));
  return unlessOpen(story, gapInTalk(story, answeredMs), () =>
    limitMs === null || count === 0
      ? found('not-applicable', 'hold.none', {})
      : found('pass', 'hold.total-within', params, proof(story, story.holds)),
  );
});

/** Clause 26.4: the reason was given, consent taken, a limit named, and the promise kept. */
export const judgePromise: Judge = ofTalk((story, policy, answeredMs) => {
  const unasked = story.holds.filter((hold) => !hold.granted);
  if (unasked.length > 0)
    return found('fail', 'hold.without-consent', { count: unasked.length }, proof(story, unasked));
  return (
    lateReturn(story) ??
    unknownReason(story, policy) ??
    unlessOpen(story, gapInTalk(story, answeredMs), () =>
      story.holds.length === 0
        ? found('not-applicable', 'hold.none', {})
        : found('pass', 'hold.promise-kept', { count: story.holds.length }, proof(story, story.holds)),
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
    proof(story, late),
  );
}

function unknownReason(story: HandlingStory, policy: PolicyDocument): Finding | undefined {
  const known = policy.hold.reasons.map((reason) => reason.code);
  const odd = story.holds.find((hold) => hold.granted && !known.includes(hold.granted.data.reason));
  if (!odd?.granted) return undefined;
  return found('fail', 'hold.reason-unknown', { reason: odd.granted.data.reason }, proof(story, [odd]));
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
    waitedMs: untilMs - resumedMs,
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
        proof(story, story.holds),
      );
    if (!heard) return found('not-determinable', 'speech-missing', {});
    if (spoken.length === 0)
      return found('not-applicable', 'hold.not-resumed', { count: returns.length }, evidence(returns));
    return found('pass', 'hold.spoke-after', params(spoken), evidence(spoken));
  });
});
