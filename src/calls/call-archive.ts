import type { CallDetail, CallQuery, CallSummary, HandlingSummary, Page } from '../contracts/call.js';
import type { PageCursor } from '../contracts/page-cursor.js';
import type { TimelineEvent } from '../contracts/timeline.js';
import type { WrapUp } from '../contracts/wrap-up.js';

/** Which answered handlings: for the inspector's list. */
export interface HandlingQuery {
  agentId?: string;
  /** Answered at or after / before. */
  since?: string;
  until?: string;
  limit: number;
  cursor?: PageCursor;
}

/** The record of calls, for reading. Permission is the asking service's matter unless an actor is given. */
export abstract class CallArchive {
  abstract timeline(callId: string): Promise<TimelineEvent[]>;
  abstract summary(callId: string): Promise<CallSummary | null>;
  /** Several at once, in any order; unknown ids are left out. */
  abstract summaries(callIds: readonly string[]): Promise<CallSummary[]>;
  abstract handling(handlingId: string): Promise<HandlingSummary | null>;
  /** Handlings that an agent answered, newest first. */
  abstract answeredHandlings(query: HandlingQuery): Promise<Page<HandlingSummary>>;
  /** The completed record of a handling; null while it is open. */
  abstract wrapUp(handlingId: string): Promise<WrapUp | null>;
  abstract list(query: CallQuery): Promise<Page<CallSummary>>;
  /** Null for an unknown id. Recordings are the recordings' own. */
  abstract detail(callId: string): Promise<Omit<CallDetail, 'recordings'> | null>;
  /** Handlings the agent answered today, house time. */
  abstract handledToday(agentId: string): Promise<number>;
  /** True when this person answered a handling of the call. */
  abstract agentHandled(callId: string, personId: string): Promise<boolean>;
}
