import { Injectable } from '@nestjs/common';
import type { CommandPayload } from '../contracts/socket.js';
import { Dialling } from '../dialling/dialling.js';
import type { Dialled } from '../dialling/domain/normalise.js';
import { ReadingAudit } from '../identity/reading-audit.js';
import { type Actor, denyUnless } from '../kernel/actor.js';
import { isRefusal, type Refusal, refuse } from '../kernel/refusal.js';
import { CallArchive } from './call-archive.js';
import { callScope } from './call-scope.js';
import { CustomerRecords } from './customer-records.js';

type Wish = Pick<CommandPayload<'dial-number'>, 'number' | 'customerOf'>;

/** The number of an outbound call: as it was typed, or a customer's, who is called back without the number being shown. */
@Injectable()
export class DialledNumbers {
  constructor(
    private readonly archive: CallArchive,
    private readonly customers: CustomerRecords,
    private readonly dialling: Dialling,
    private readonly readings: ReadingAudit,
  ) {}

  async resolve(actor: Actor, { number, customerOf }: Wish): Promise<Dialled | Refusal> {
    const denied = denyUnless(actor, 'call.dial');
    if (denied) return denied;
    if (customerOf === undefined) return this.dialling.resolve(actor, number ?? '');
    if (!(await this.archive.holds(customerOf, callScope(actor, 'call.read-all')))) {
      await this.readings.refused(actor, `call:${customerOf}`, { wanted: 'call-back' });
      return refuse('call.not-found', { callId: customerOf });
    }
    const customer = await this.customers.ofCall(customerOf);
    const dialled = await this.dialling.resolve(actor, customer?.number ?? '');
    // What a refusal says of a number was typed by whoever is told it; this one was not.
    return isRefusal(dialled) ? refuse(dialled.code) : dialled;
  }
}
