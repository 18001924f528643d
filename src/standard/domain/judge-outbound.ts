import type { PolicyDocument } from '../../contracts/policy.js';
import { facts, found, inProgress, type Judge, neverWithCustomer, ofTalk } from './finding.js';
import type { Dial } from './handling-story.js';

/** Clauses 25 and 26.2 ask something only of who dialled. */
const outboundOnly =
  (judge: Judge): Judge =>
  (story, policy) =>
    story.dial ? judge(story, policy) : found('not-applicable', 'outbound-only', {});

function judgeSheet({ prepared, started }: Dial, policy: PolicyDocument) {
  const evidence = facts(prepared, started);
  if (!prepared) return found('fail', 'dial.unprepared', {}, evidence);
  const { purpose, points, destination } = prepared.data;
  if (destination === 'emergency') return found('not-applicable', 'dial.emergency', {}, evidence);
  if (!policy.outbound.purposes.some(({ code }) => code === purpose))
    return found('fail', 'dial.purpose-unknown', { purpose }, evidence);
  return points.trim() === ''
    ? found('fail', 'dial.points-missing', { purpose }, evidence)
    : found('pass', 'dial.prepared', { purpose }, evidence);
}

/** Clause 25: before the number was dialled, the purpose and the points to make were written down. */
export const judgePrepared: Judge = outboundOnly((story, policy) => {
  const { dial, missed, cancelled } = story;
  if (dial?.started) return judgeSheet(dial, policy);
  return missed || cancelled ? (neverWithCustomer(story) ?? inProgress()) : inProgress();
});

/** Clause 25, afterwards: the call left a complete record. */
export const recordOfOutbound = (judgeRecord: Judge): Judge => outboundOnly(judgeRecord);

/** Clause 26.2: what is said, and in which order. */
export const judgeOutboundWords: Judge = outboundOnly(
  ofTalk(() => found('not-determinable', 'transcript-missing', {})),
);
