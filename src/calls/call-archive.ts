import type { CallDetail, CallQuery, CallSummary, HandlingSummary, Page } from '../contracts/call.js';
import type { PageCursor } from '../contracts/page-cursor.js';
import type { TimelineEvent } from '../contracts/timeline.js';
import type { Verdict } from '../contracts/verdict.js';
import type { WrapUp } from '../contracts/wrap-up.js';
import type { CallScope } from './call-scope.js';

/** What a query is narrowed to before any filter: SQL and its parameters (`call-scope.ts`). */
export type Condition = readonly [condition: string, parameters: object];

/** What a list of calls may be filtered by; whose history is the condition's matter. */
export type CallFilter = Omit<CallQuery, 'historyOf'>;

/** Which answered handlings: for the inspector's list. */
export interface HandlingQuery {
  agentId?: string;
  /** Answered at or after / before. */
  since?: string;
  until?: string;
  limit: number;
  cursor?: PageCursor;
}

/**
 * The record of calls, for reading. Permission and scope are the asking service's matter. Summaries and details hold
 * numbers and names masked; the timeline alone is as it was written, for those who judge by it.
 */
export abstract class CallArchive {
  abstract timeline(callId: string): Promise<TimelineEvent[]>;
  abstract summary(callId: string): Promise<CallSummary | null>;
  /** Several at once, in any order; unknown ids are left out. */
  abstract summaries(callIds: readonly string[]): Promise<CallSummary[]>;
  abstract handling(handlingId: string): Promise<HandlingSummary | null>;
  /** Handlings that an agent answered, newest first. */
  abstract answeredHandlings(query: HandlingQuery): Promise<Page<HandlingSummary>>;
  /**
   * What the standard says of these handlings of a call, by handling: as it was judged when the call was over; of a call
   * that goes on, or was over before judgements were kept, as it is judged now.
   */
  abstract verdicts(
    call: Pick<CallSummary, 'policyVersion'>,
    timeline: readonly TimelineEvent[],
    handlingIds: readonly string[],
  ): Promise<ReadonlyMap<string, Verdict[]>>;
  /** The completed record of a handling; null while it is open. */
  abstract wrapUp(handlingId: string): Promise<WrapUp | null>;
  /** Calls as `c`, within the condition. */
  abstract list(query: CallFilter, within: Condition): Promise<Page<CallSummary>>;
  /** Null for an unknown id. Recordings are the recordings' own. */
  abstract detail(callId: string): Promise<Omit<CallDetail, 'recordings'> | null>;
  /** Handlings the agent answered today, house time. */
  abstract handledToday(agentId: string): Promise<number>;
  /** True for a call that is on record and in the scope. */
  abstract holds(callId: string, scope: CallScope): Promise<boolean>;
}
