import { EntitySchema } from 'typeorm';
import type { Role } from '../contracts/identity.js';
import type { AuditAction } from '../contracts/rest.js';

export interface AuditEntryRow {
  id: string;
  at: Date;
  actorId: string | null;
  actorLogin: string;
  actorRole: Role | null;
  action: AuditAction;
  subject: string;
  details: object;
}

export const auditEntryEntity = new EntitySchema<AuditEntryRow>({
  name: 'audit_log',
  columns: {
    id: { type: 'bigint', primary: true, generated: 'increment' },
    at: { type: 'timestamptz' },
    actorId: { type: 'uuid', name: 'actor_id', nullable: true },
    actorLogin: { type: 'text', name: 'actor_login' },
    actorRole: { type: 'text', name: 'actor_role', nullable: true },
    action: { type: 'text' },
    subject: { type: 'text' },
    details: { type: 'jsonb' },
  },
});
