import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Revealed } from '../contracts/call.js';
import { callEntity } from './call.entity.js';
import { CallRecords } from './call-records.js';
import { atDeskOf } from './call-scope.js';
import { handlingEntity } from './handling.entity.js';

/** Customers as they are on record, unmasked. Who may see that is decided by whoever asks. */
@Injectable()
export class CustomerRecords {
  constructor(
    private readonly source: DataSource,
    private readonly records: CallRecords,
  ) {}

  /** True while the call is at the agent's desk, from the ring to the end of the record. */
  atDesk(callId: string, personId: string): Promise<boolean> {
    return this.source
      .getRepository(callEntity)
      .createQueryBuilder('c')
      .where('c.id = :callId', { callId })
      .andWhere(atDeskOf('c.id'), { atDeskOf: personId })
      .getExists();
  }

  /** The customer of a call; null for an unknown one. */
  async ofCall(callId: string): Promise<Revealed | null> {
    const call = await this.source.getRepository(callEntity).findOneBy({ id: callId });
    if (!call) return null;
    const handlings = await this.source
      .getRepository(handlingEntity)
      .find({ where: { callId }, order: { offeredAt: 'asc' } });
    const drafts = await this.records.drafts(handlings.map(({ id }) => id));
    const outbound = call.direction === 'outbound';
    return {
      number: outbound ? call.dialled : call.fromNumber,
      name: outbound ? '' : call.fromName,
      records: handlings.flatMap(({ id, wrapUp }) => {
        const record = wrapUp ?? drafts.get(id);
        return record ? [{ handlingId: id, record }] : [];
      }),
    };
  }
}
