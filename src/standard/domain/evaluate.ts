import type { Clause, PolicyDocument } from '../../contracts/policy.js';
import type { TimelineEvent } from '../../contracts/timeline.js';
import type { Verdict } from '../../contracts/verdict.js';
import type { Judge } from './finding.js';
import { readHandling } from './handling-story.js';
import { judgeFileShown, judgeFirstSpeech, judgeGreeting, judgeRings } from './judge-answering.js';
import { judgeConsent, judgeTransferConsent } from './judge-consent.js';
import { judgeEnding } from './judge-ending.js';
import { judgeHelp } from './judge-help.js';
import { judgeEachHold, judgePromise, judgeSpeaksAfterHold, judgeTotalHold } from './judge-holds.js';
import { judgeOutboundWords, judgePrepared, recordOfOutbound } from './judge-outbound.js';
import { judgeFollowUp, judgeReadBacks, judgeRecordComplete } from './judge-record.js';
import { judgeTakeOverSpeech, judgeTakeOverWords, judgeTransferAnswered } from './judge-transfers.js';
import { aroundHolds, judgeUnmeasured } from './judge-unmeasured.js';

/** Of the judges below: raised with every change that may change a verdict. Stored with each that stands. */
export const judgeVersion = 1;

export interface EvaluationInput {
  /** The call's whole timeline so far, in order. */
  readonly timeline: readonly TimelineEvent[];
  readonly handlingId: string;
  /** The version in force when the call began. */
  readonly policy: PolicyDocument;
  /** The moment of judging, ms since the epoch: now, live and afterwards. */
  readonly asOf: number;
}

/** Who judges which clause, part by part. A clause that is not named here is measured by nothing yet. */
const judges: Readonly<Record<string, (clause: Clause) => Readonly<Record<string, Judge>>>> = {
  '17': () => ({ '': judgeFollowUp }),
  '20': () => ({ '': judgeHelp }),
  '23.4': () => ({ '': judgeRecordComplete }),
  '23.5': () => ({ '': judgeFileShown }),
  '23.11': (clause) => ({ speaks: judgeSpeaksAfterHold, words: aroundHolds(clause) }),
  '23.15': () => ({ '': judgeEnding }),
  '24.12': () => ({ '': judgeRecordComplete }),
  '24.13': () => ({ '': judgeConsent }),
  '24.14': () => ({ each: judgeEachHold, total: judgeTotalHold }),
  '25': () => ({ prepared: judgePrepared, record: recordOfOutbound(judgeRecordComplete) }),
  '26.1': () => ({ rings: judgeRings, 'first-speech': judgeFirstSpeech, greeting: judgeGreeting }),
  '26.2': () => ({ '': judgeOutboundWords }),
  '26.4': () => ({ '': judgePromise }),
  '26.5': (clause) => ({ '': aroundHolds(clause) }),
  '26.6': () => ({ '': judgeTransferConsent }),
  '26.7': () => ({ '': judgeTransferAnswered }),
  '26.8': () => ({ speaks: judgeTakeOverSpeech, words: judgeTakeOverWords }),
  '26.9': () => ({ '': judgeReadBacks }),
  '27.2': () => ({ '': judgeEnding }),
};

/**
 * The standard's verdicts on one handling: every clause of the policy, in its order, each part once. Pure, so that what
 * the agent is warned of live and what the inspector sees afterwards cannot disagree. During the call it says what is
 * already certain; the rest is `not-determinable` with `in-progress`.
 */
export function evaluate({ timeline, handlingId, policy, asOf }: EvaluationInput): Verdict[] {
  const story = readHandling(timeline, handlingId, asOf);
  return policy.clauses.flatMap((clause) => {
    const parts = judges[clause.id]?.(clause) ?? { '': judgeUnmeasured(clause) };
    return Object.entries(parts).map(([part, judge]) => ({
      clause: clause.id,
      part,
      ...judge(story, policy),
    }));
  });
}
