import { Injectable } from '@nestjs/common';
import type { CallDetail, CallQuery, CallSummary, Page } from '../contracts/call.js';
import { Audit } from '../identity/audit.js';
import { type Actor, denyUnless, may } from '../kernel/actor.js';
import { type Refusal, refuse } from '../kernel/refusal.js';
import { RecordingsService } from '../recordings/recordings.service.js';
import { CallArchive } from './call-archive.js';

/** Lists and details of calls for those who may read them; reading one is audited. */
@Injectable()
export class CallLists {
  constructor(
    private readonly archive: CallArchive,
    private readonly recordings: RecordingsService,
    private readonly audit: Audit,
  ) {}

  async list(actor: Actor, query: CallQuery): Promise<Page<CallSummary> | Refusal> {
    const denied = denyUnless(actor, 'call.read-all', 'call.read-own');
    if (denied) return denied;
    if (may(actor, 'call.read-all') || query.fromNumber !== undefined) return this.archive.list(query);
    return this.archive.list({ ...query, agentId: actor.personId });
  }

  async detail(actor: Actor, callId: string): Promise<CallDetail | Refusal> {
    const denied = denyUnless(actor, 'call.read-all', 'call.read-own');
    if (denied) return denied;
    const all = may(actor, 'call.read-all') || (await this.archive.agentHandled(callId, actor.personId));
    const detail = all ? await this.archive.detail(callId) : null;
    // The same answer for "not yours" and "unknown", so that ids cannot be tried out.
    if (!detail) return refuse('call.not-found', { callId });
    const recordings = await this.recordings.byCall(callId);
    await this.audit.write(actor, 'call.read', `call:${callId}`);
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
}
