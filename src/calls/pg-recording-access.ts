import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Actor } from '../kernel/actor.js';
import { RecordingAccess } from '../recordings/recording-access.js';
import { callEntity } from './call.entity.js';
import { callScope, inScope } from './call-scope.js';

/** What the recordings ask of calls. */
@Injectable()
export class PgRecordingAccess extends RecordingAccess {
  constructor(private readonly source: DataSource) {
    super();
  }

  async mayHear(actor: Actor, callId: string): Promise<boolean> {
    return this.source
      .getRepository(callEntity)
      .createQueryBuilder('c')
      .where('c.id = :callId', { callId })
      .andWhere(...inScope(callScope(actor, 'recording.listen'), 'c.id'))
      .getExists();
  }

  async callEndedAt(callId: string): Promise<Date | null> {
    return (await this.source.getRepository(callEntity).findOneBy({ id: callId }))?.endedAt ?? null;
  }
}
