import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { AuditAction } from '../contracts/rest.js';
import type { Actor } from '../kernel/actor.js';
import { Clock } from '../kernel/clock.js';
import type { Db } from '../platform/database/db.js';
import { auditEntryEntity } from './audit-entry.entity.js';

/** Somebody who has no session: a refused sign-in. */
export interface Stranger {
  login: string;
}

/** Who did what to what: append-only, also for us. */
@Injectable()
export class Audit {
  constructor(
    private readonly source: DataSource,
    private readonly clock: Clock,
  ) {}

  /** Writes one entry; with `db`, as part of that transaction. `subject` names the thing: `recording:<id>`. No secrets in `details`. */
  async write(
    actor: Actor | Stranger,
    action: AuditAction,
    subject: string,
    details: Readonly<Record<string, unknown>> = {},
    db: Db = this.source.manager,
  ): Promise<void> {
    const known = 'personId' in actor ? actor : undefined;
    await db.getRepository(auditEntryEntity).insert({
      at: new Date(this.clock.now()),
      actorId: known?.personId ?? null,
      actorLogin: actor.login,
      actorRole: known?.role ?? null,
      action,
      subject,
      details,
    });
  }
}
