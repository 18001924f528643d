import { Injectable } from '@nestjs/common';
import { CallArchive } from '../calls/call-archive.js';
import type { CallSummary, HandlingSummary } from '../contracts/call.js';
import type { TimelineEvent } from '../contracts/timeline.js';
import type { Verdict } from '../contracts/verdict.js';

/** An answered handling as the inspector judges it: its call, its facts, and what the standard says of them. */
export interface ReviewCase {
  readonly handling: HandlingSummary;
  readonly answeredAt: string;
  readonly call: CallSummary;
  readonly timeline: TimelineEvent[];
  readonly verdicts: Verdict[];
}

/** Reads handlings for review. Verdicts are by the version of the standard that the call began under. */
@Injectable()
export class ReviewCases {
  constructor(private readonly archive: CallArchive) {}

  /** Null for an unknown handling, or one that nobody answered: there is nothing to score. */
  async find(handlingId: string): Promise<ReviewCase | null> {
    const handling = await this.archive.handling(handlingId);
    if (!handling || handling.answeredAt === null) return null;
    const call = await this.archive.summary(handling.callId);
    return call && this.judge(handling, handling.answeredAt, call);
  }

  /** Several at once, in the given order. */
  async all(handlings: readonly HandlingSummary[]): Promise<ReviewCase[]> {
    const calls = await this.archive.summaries([...new Set(handlings.map(({ callId }) => callId))]);
    const byId = new Map(calls.map((call) => [call.id, call]));
    const cases: ReviewCase[] = [];
    for (const handling of handlings) {
      const call = byId.get(handling.callId);
      if (call && handling.answeredAt !== null)
        cases.push(await this.judge(handling, handling.answeredAt, call));
    }
    return cases;
  }

  private async judge(handling: HandlingSummary, answeredAt: string, call: CallSummary): Promise<ReviewCase> {
    const timeline = await this.archive.timeline(call.id);
    const verdicts = await this.archive.verdicts(call, timeline, [handling.id]);
    return { handling, answeredAt, call, timeline, verdicts: verdicts.get(handling.id) ?? [] };
  }
}
