import { type Finding, facts, found, gapInTalk, type Judge, ofTalk, unlessOpen } from './finding.js';
import type { HandlingStory } from './handling-story.js';
import { holdProof } from './hold-lengths.js';
import type { Transfer } from './transfer-story.js';

const transferProof = (transfers: readonly Transfer[]) =>
  transfers.flatMap(({ requested, settled, answered }) => facts(requested ?? answered ?? settled));

/** A transfer whose beginning, with reason and consent, is not on record. */
function unaskedTransfers({ transfers }: HandlingStory): Finding | undefined {
  const unasked = transfers.filter(({ requested }) => !requested);
  if (unasked.length === 0) return undefined;
  return found('fail', 'transfer.without-consent', { count: unasked.length }, transferProof(unasked));
}

function unaskedHolds(story: HandlingStory): Finding | undefined {
  const byPhone = story.holds.filter((hold) => hold.byPhone);
  if (byPhone.length > 0)
    return found('fail', 'hold.by-phone', { count: byPhone.length }, holdProof(story, byPhone));
  const unasked = story.holds.filter((hold) => !hold.granted);
  if (unasked.length === 0) return undefined;
  return found('fail', 'hold.without-consent', { count: unasked.length }, holdProof(story, unasked));
}

function allAsked(story: HandlingStory): Finding {
  const { holds, declined, transfers, transfersDeclined } = story;
  const plain = holds.filter(({ granted }) => granted?.data.transferId === undefined);
  if (transfers.length > 0)
    return found('pass', 'consent.all-given', { holds: plain.length, transfers: transfers.length }, [
      ...holdProof(story, plain),
      ...transferProof(transfers),
    ]);
  if (holds.length > 0)
    return found('pass', 'hold.all-consented', { count: holds.length }, holdProof(story, holds));
  if (transfersDeclined.length > 0) return refusalRespected(story);
  if (declined.length > 0)
    return found('pass', 'hold.refusal-respected', { count: declined.length }, facts(...declined));
  return found('not-applicable', 'hold.none', {});
}

const refusalRespected = ({ transfersDeclined }: HandlingStory): Finding =>
  found(
    'pass',
    'transfer.refusal-respected',
    { count: transfersDeclined.length },
    facts(...transfersDeclined),
  );

/**
 * Clause 24.13: nobody is put on hold or transferred without being asked; a hold made by the phone itself never asked.
 */
export const judgeConsent: Judge = ofTalk(
  (story, _policy, withCustomerMs) =>
    unaskedHolds(story) ??
    unaskedTransfers(story) ??
    unlessOpen(story, gapInTalk(story, withCustomerMs), () => allAsked(story)),
);

/** Clause 26.6: before each transfer or invitation the customer was told why and agreed. */
export const judgeTransferConsent: Judge = ofTalk((story, policy, withCustomerMs) => {
  const unasked = unaskedTransfers(story);
  if (unasked) return unasked;
  const known = policy.transfer.reasons.map(({ code }) => code);
  const odd = story.transfers.find(({ requested }) => requested && !known.includes(requested.data.reason));
  if (odd?.requested)
    return found(
      'fail',
      'transfer.reason-unknown',
      { reason: odd.requested.data.reason },
      transferProof([odd]),
    );
  return unlessOpen(story, gapInTalk(story, withCustomerMs), () => {
    const { transfers, transfersDeclined } = story;
    if (transfers.length > 0)
      return found('pass', 'transfer.all-consented', { count: transfers.length }, [
        ...transferProof(transfers),
        ...facts(...transfersDeclined),
      ]);
    return transfersDeclined.length > 0
      ? refusalRespected(story)
      : found('not-applicable', 'transfer.none', {});
  });
});
