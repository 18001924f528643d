import { Injectable } from '@nestjs/common';
import type { CallDetail, CallQuery, CallSummary, Page } from '../contracts/call.js';
import { ReadingAudit } from '../identity/reading-audit.js';
import { type Actor, denyUnless } from '../kernel/actor.js';
import { isRefusal, type Refusal, refuse } from '../kernel/refusal.js';
import { RecordingsService } from '../recordings/recordings.service.js';
import { CallArchive, type CallFilter } from './call-archive.js';
import { callScope, historyOf, inScope } from './call-scope.js';
import { CustomerRecords } from './customer-records.js';
import { NumberSearch } from './number-search.js';

/** Lists and details of calls for those who may read them. Who looks at others' calls is on record. */
@Injectable()
export class CallLists {
  constructor(
    private readonly archive: CallArchive,
    private readonly recordings: RecordingsService,
    private readonly customers: CustomerRecords,
    private readonly search: NumberSearch,
    private readonly readings: ReadingAudit,
  ) {}

  async list(actor: Actor, { historyOf: callId, ...query }: CallQuery): Promise<Page<CallSummary> | Refusal> {
    const denied = denyUnless(actor, 'call.read-all', 'call.read-own');
    if (denied) return denied;
    if (callId !== undefined) return this.history(actor, callId, query);
    const scope = callScope(actor, 'call.read-all');
    const { fromNumber: typed, limit: _, cursor: __, ...filter } = query;
    const number = typed === undefined ? undefined : await this.search.admit(actor, typed, filter);
    if (isRefusal(number)) return number;
    if (number === undefined && scope.calls === 'house')
      await this.readings.noted(actor, { action: 'call.listed', subject: 'calls', details: filter });
    return this.archive.list({ ...query, fromNumber: number }, inScope(scope, 'c.id'));
  }

  /** The customer's other calls: for an agent only while this call is at their desk. */
  private async history(
    actor: Actor,
    callId: string,
    query: CallFilter,
  ): Promise<Page<CallSummary> | Refusal> {
    const scope = callScope(actor, 'call.read-all');
    const served =
      scope.calls === 'house'
        ? await this.archive.holds(callId, scope)
        : await this.customers.atDesk(callId, actor.personId);
    if (!served) return this.unknown(actor, callId);
    await this.readings.noted(actor, { action: 'call.history-read', subject: `call:${callId}` });
    return this.archive.list(query, historyOf(callId, scope));
  }

  async detail(actor: Actor, callId: string): Promise<CallDetail | Refusal> {
    const denied = denyUnless(actor, 'call.read-all', 'call.read-own');
    if (denied) return denied;
    const known = await this.archive.holds(callId, callScope(actor, 'call.read-all'));
    const detail = known ? await this.archive.detail(callId) : null;
    if (!detail) return this.unknown(actor, callId);
    const recordings = await this.recordings.byCall(callId);
    await this.readings.noted(actor, { action: 'call.read', subject: `call:${callId}` });
    return {
      ...detail,
      recordings: recordings.map(({ id, state, startedAt, durationMs }) => ({
        id,
        state,
        startedAt,
        durationMs,
      })),
    };
  }

  /** The same answer for "not yours" and "unknown", so that ids cannot be tried out. */
  private async unknown(actor: Actor, callId: string): Promise<Refusal> {
    await this.readings.refused(actor, `call:${callId}`);
    return refuse('call.not-found', { callId });
  }
}
