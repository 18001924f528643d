import type { PolicyDocument } from '../../contracts/policy.js';
import type { Evidence } from '../../contracts/verdict.js';
import type { WrapUp } from '../../contracts/wrap-up.js';
import { outcomeOf, requiredFields, requiredFieldsMissing } from '../../contracts/wrap-up-rules.js';
import { type Finding, facts, found, inProgress, type Judge, neverWithCustomer } from './finding.js';
import type { HandlingStory } from './handling-story.js';

/**
 * Runs `judge` on the finished record; before it is finished nothing is certain. An outbound call that reached nobody
 * leaves a record too; a colleague who was only asked owes none.
 */
const ofRecord =
  (judge: (record: WrapUp, policy: PolicyDocument, story: HandlingStory) => Finding): Judge =>
  (story, policy) => {
    if (story.wrapUp) return judge(story.wrapUp.data.record, policy, story);
    const nobody = neverWithCustomer(story);
    if (nobody && !(story.dial && story.answered)) return nobody;
    return story.end ? found('not-determinable', 'wrap-up-pending', {}, facts(story.end)) : inProgress();
  };

const fields = (names: readonly string[], filled: boolean): Evidence[] =>
  names.map((field) => ({ kind: 'wrap-up', field, filled }));

/** Clauses 23.4 and 24.12: everything due is written down. */
export const judgeRecordComplete: Judge = ofRecord((record, policy, story) => {
  const missing = requiredFieldsMissing(policy, record);
  const proof = [...facts(story.wrapUp), ...fields(missing, false)];
  if (missing.length > 0) return found('fail', 'record.incomplete', { fields: missing }, proof);
  const due = requiredFields(policy, record);
  return found('pass', 'record.complete', { count: due.length }, [
    ...facts(story.wrapUp),
    ...fields(due, true),
  ]);
});

/** Clause 26.9: the customer's name and number were read back. */
export const judgeReadBacks: Judge = ofRecord((record, policy, story) => {
  const unreached = neverWithCustomer(story);
  if (unreached) return unreached;
  const nobody = outcomeOf(policy, record)?.needsCustomer === false;
  if (nobody && record.customerName === '' && record.customerNumber === '')
    return found('not-applicable', 'read-back.no-customer', {}, facts(story.wrapUp));
  const checks = { nameReadBack: record.nameReadBack, numberReadBack: record.numberReadBack };
  const missing = Object.entries(checks).flatMap(([field, done]) => (done ? [] : [field]));
  const proof = [...facts(story.wrapUp), ...fields(missing, false)];
  if (missing.length > 0) return found('fail', 'read-back.missing', { fields: missing }, proof);
  return found('pass', 'read-back.done', {}, [...facts(story.wrapUp), ...fields(Object.keys(checks), true)]);
});

/** Clause 17: a question left open names what follows. */
export const judgeFollowUp: Judge = ofRecord((record, policy, story) => {
  if (!outcomeOf(policy, record)?.needsFollowUp)
    return found('not-applicable', 'follow-up.not-needed', {}, facts(story.wrapUp));
  const named = record.followUp !== '';
  const proof = [...facts(story.wrapUp), ...fields(['followUp'], named)];
  return named ? found('pass', 'follow-up.named', {}, proof) : found('fail', 'follow-up.missing', {}, proof);
});
