import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { RecordingAccess } from '../recordings/recording-access.js';
import { callEntity } from './call.entity.js';
import { handlingEntity } from './handling.entity.js';

/** What the recordings ask of calls. */
@Injectable()
export class PgRecordingAccess extends RecordingAccess {
  constructor(private readonly source: DataSource) {
    super();
  }

  async agentHandled(callId: string, personId: string): Promise<boolean> {
    return this.source
      .getRepository(handlingEntity)
      .createQueryBuilder('h')
      .where('h.callId = :callId and h.agentId = :personId and h.answeredAt is not null', {
        callId,
        personId,
      })
      .getExists();
  }

  async callEndedAt(callId: string): Promise<Date | null> {
    return (await this.source.getRepository(callEntity).findOneBy({ id: callId }))?.endedAt ?? null;
  }
}
