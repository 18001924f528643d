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
  unlessOpen,
} from './finding.js';
import { gapWithin, type HandlingStory } from './handling-story.js';
import { is, msOf } from './timeline-facts.js';
import { backAfterMs, givenBack, type Transfer } from './transfer-story.js';

const proof = (transfers: readonly Transfer[]) =>
  transfers.flatMap(({ requested, answered, settled, waits }) =>
    facts(requested, answered, settled, waits.at(-1)?.resumed),
  );

/** The customer was passed on although nobody had answered. */
function unanswered({ transfers }: HandlingStory): Finding | undefined {
  const blind = transfers.filter(
    ({ answered, settled }) => !answered && settled && is(settled, 'transfer.completed', 'transfer.merged'),
  );
  if (blind.length === 0) return undefined;
  return found('fail', 'transfer.unanswered', { count: blind.length }, proof(blind));
}

/** How a transfer fails by the going of the agent who asked. */
const leaves: readonly string[] = ['initiator-left', 'initiator-away'];

/** The agent was gone before anybody had answered, and the customer was left waiting. */
function leftAlone({ transfers, end }: HandlingStory): Finding | undefined {
  const left = transfers.filter(
    ({ settled }) => settled && is(settled, 'transfer.failed') && leaves.includes(settled.data.why),
  );
  if (left.length === 0) return undefined;
  const evidence = [...proof(left), ...facts(end)];
  // A phone that vanished says nothing of the agent.
  const away = left.every(
    ({ settled }) => settled && is(settled, 'transfer.failed') && settled.data.why === 'initiator-away',
  );
  const vanished = away || (end && is(end, 'agent.lost') && end.data.why !== 'left');
  return vanished
    ? found('not-determinable', 'transfer.agent-lost', {}, evidence)
    : found('fail', 'transfer.left-before-answer', {}, evidence);
}

function settledTransfers({ transfers }: HandlingStory): Finding {
  if (transfers.length === 0) return found('not-applicable', 'transfer.none', {});
  const back = transfers.filter((transfer) => givenBack(transfer) && backAfterMs(transfer) !== null);
  const longestMs = Math.max(0, ...back.map((transfer) => backAfterMs(transfer) ?? 0));
  const done = transfers.filter(
    ({ settled }) => settled && is(settled, 'transfer.completed', 'transfer.merged'),
  );
  if (back.length > 0)
    return found(
      'pass',
      'transfer.came-back',
      { count: back.length, seconds: seconds(longestMs) },
      proof(transfers),
    );
  return done.length > 0
    ? found('pass', 'transfer.answered-first', { count: done.length }, proof(done))
    : found('not-applicable', 'transfer.customer-left', {}, proof(transfers));
}

/** Clause 26.7: nobody is left with a phone that nobody answered; where nothing comes of it the customer comes back. */
export const judgeTransferAnswered: Judge = ofTalk(
  (story, _policy, withCustomerMs) =>
    unanswered(story) ??
    leftAlone(story) ??
    unlessOpen(story, gapInTalk(story, withCustomerMs), () => settledTransfers(story)),
);

/** Clause 26.8 asks something only of who takes over a customer from a colleague who then goes. */
function tookOverFrom({ charge, end }: HandlingStory): Finding | undefined {
  if (charge && charge.data.why !== 'left') return undefined;
  return end ? found('not-applicable', 'take-over.none', {}) : inProgress();
}

/** Clause 26.8: what is said on taking over. */
export const judgeTakeOverWords: Judge = ofTalk(
  (story) => tookOverFrom(story) ?? found('not-determinable', 'transcript-missing', {}),
);

/** Clause 26.8: whoever takes over speaks at once, to thank for the wait. */
export const judgeTakeOverSpeech: Judge = ofTalk((story, policy, withCustomerMs) => {
  const nothing = tookOverFrom(story);
  if (nothing) return nothing;
  const limitMs = policy.transfer.speakWithinMs;
  const fromMs = Math.max(withCustomerMs, story.talkStarted ? msOf(story.talkStarted) : 0);
  const speech = story.speeches.find(
    ({ who, untilMs }) => who === 'agent' && (untilMs === null || untilMs > fromMs),
  );
  const untilMs = Math.max(fromMs, speech?.fromMs ?? (story.end ? msOf(story.end) : story.nowMs));
  const gap = gapWithin(story, fromMs, untilMs);
  if (gap) return unknownGap(gap);
  const waitedMs = untilMs - fromMs;
  const params = { seconds: seconds(waitedMs), limitSeconds: seconds(limitMs) };
  const evidence = [
    ...facts(story.charge, story.talkStarted, speech?.event),
    range('after-take-over', fromMs, untilMs),
  ];
  // Only an engine that told of a voice can be believed on the agent's silence.
  const heard = story.speeches.length > 0;
  if (heard && waitedMs > limitMs) return found('fail', 'take-over.silent', params, evidence);
  if (speech) return found('pass', 'take-over.spoke', params, evidence);
  if (!story.end) return inProgress();
  return heard
    ? found('not-applicable', 'take-over.too-short', { seconds: params.seconds }, evidence)
    : found('not-determinable', 'speech-missing', {});
});
