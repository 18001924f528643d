import { Injectable } from '@nestjs/common';
import { maskedTimeline } from '../calls/domain/masked.js';
import type { Page } from '../contracts/call.js';
import type { Review, ReviewQuery, ReviewRow } from '../contracts/quality.js';
import type { TimelineEvent } from '../contracts/timeline.js';
import type { WrapUp } from '../contracts/wrap-up.js';
import { ReadingAudit } from '../identity/reading-audit.js';
import { type Actor, denyUnless } from '../kernel/actor.js';
import { type Refusal, refuse } from '../kernel/refusal.js';
import { RecordingsService } from '../recordings/recordings.service.js';
import type { EvaluationRow } from './evaluation.entity.js';
import { EvaluationRecords, evaluationOf } from './evaluation-records.js';
import { QualityForms } from './quality-forms.js';
import { type ReviewCase, ReviewCases } from './review-cases.js';
import { ReviewQueue } from './review-queue.js';

/** What inspectors, and those who may read along, see of handlings. */
@Injectable()
export class ReviewsService {
  constructor(
    private readonly queue: ReviewQueue,
    private readonly cases: ReviewCases,
    private readonly forms: QualityForms,
    private readonly records: EvaluationRecords,
    private readonly recordings: RecordingsService,
    private readonly readings: ReadingAudit,
  ) {}

  /** Answered handlings, newest first. */
  async list(actor: Actor, query: ReviewQuery): Promise<Page<ReviewRow> | Refusal> {
    const denied = denyUnless(actor, 'quality.read-all');
    if (denied) return denied;
    const { limit: _, cursor: __, ...filter } = query;
    await this.readings.noted(actor, { action: 'handling.listed', subject: 'handlings', details: filter });
    const { items, next } = await this.queue.page(query);
    const cases = await this.cases.all(items);
    const evaluations = await this.records.ofHandlings(items.map(({ id }) => id));
    const rows: ReviewRow[] = [];
    for (const one of cases) rows.push(await this.row(one, evaluations.get(one.handling.id)));
    return { items: rows, next };
  }

  /** Everything one handling is judged from. Reading it is audited. */
  async review(actor: Actor, handlingId: string): Promise<Review | Refusal> {
    const denied = denyUnless(actor, 'quality.read-all');
    if (denied) return denied;
    const found = await this.cases.find(handlingId);
    if (!found) return refuse('evaluation.not-found', { handlingId });
    const subject = `call:${found.call.id}`;
    await this.readings.noted(actor, { action: 'call.read', subject, details: { handlingId } });
    return this.show(found);
  }

  /** A handling as the review page shows it. For services that have checked that it may be read. */
  async show(found: ReviewCase): Promise<Review> {
    const { handling, call, timeline, verdicts } = found;
    const shown = maskedTimeline(timeline);
    const stored = await this.records.ofHandling(handling.id);
    const form = stored
      ? await this.forms.byId(stored.row.formId)
      : await this.forms.forPolicy(call.policyVersion);
    return {
      handling,
      call,
      timeline: shown,
      verdicts: [...(stored?.verdicts ?? verdicts)],
      wrapUp: wrapUpIn(shown, handling.id),
      recording: (await this.recordings.byCall(call.id))[0] ?? null,
      evaluation: stored && evaluationOf(stored, form, verdicts),
      form,
    };
  }

  private async row(
    { handling, call, verdicts }: ReviewCase,
    evaluation: EvaluationRow | undefined,
  ): Promise<ReviewRow> {
    const recording = (await this.recordings.byCall(call.id))[0];
    const failed = verdicts.filter(({ outcome }) => outcome === 'fail').map(({ clause }) => clause);
    return {
      handling,
      call,
      failed: [...new Set(failed)],
      evaluation: evaluation
        ? {
            id: evaluation.id,
            state: evaluation.state,
            total: evaluation.total,
            inspectorName: evaluation.inspectorName,
          }
        : null,
      recordingState: recording?.state ?? null,
    };
  }
}

/** The finished record: a fact of the timeline like any other. */
function wrapUpIn(timeline: readonly TimelineEvent[], handlingId: string): WrapUp | null {
  for (const event of timeline.toReversed()) {
    if (event.kind === 'wrap-up.completed' && event.data.handlingId === handlingId) return event.data.record;
  }
  return null;
}
