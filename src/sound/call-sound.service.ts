import { Injectable } from '@nestjs/common';
import { CallArchive } from '../calls/call-archive.js';
import { callScope } from '../calls/call-scope.js';
import type { LegSound } from '../contracts/sound-quality.js';
import { type Actor, denyUnless } from '../kernel/actor.js';
import { type Refusal, refuse } from '../kernel/refusal.js';
import { SoundLedger } from './sound-ledger.js';
import { SoundRecords } from './sound-records.js';

/** How the sound of a call's legs fared, for those who may read the call. */
@Injectable()
export class CallSound {
  constructor(
    private readonly archive: CallArchive,
    private readonly ledger: SoundLedger,
    private readonly records: SoundRecords,
  ) {}

  async ofCall(actor: Actor, callId: string): Promise<LegSound[] | Refusal> {
    const denied = denyUnless(actor, 'call.read-all', 'call.read-own');
    if (denied) return denied;
    const known = await this.archive.holds(callId, callScope(actor, 'call.read-all'));
    // The same answer for "not yours" and "unknown", as for the call itself.
    if (!known) return refuse('call.not-found', { callId });
    await this.ledger.storeCall(callId);
    return this.records.ofCall(callId);
  }
}
