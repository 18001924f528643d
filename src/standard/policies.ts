import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DataSource } from 'typeorm';
import {
  type PolicyPublish,
  type PolicyVersion,
  type PolicyVersionRow,
  policyDocumentSchema,
} from '../contracts/policy.js';
import { Audit } from '../identity/audit.js';
import { type Actor, denyUnless } from '../kernel/actor.js';
import { Clock } from '../kernel/clock.js';
import { type Refusal, refuse } from '../kernel/refusal.js';
import { advisoryLocks } from '../platform/database/advisory-locks.js';
import type { Db } from '../platform/database/db.js';
import { policyFaults } from './domain/policy-faults.js';
import { defaultPolicy } from './policy/default-policy.js';
import { asPublished } from './policy/earlier-documents.js';
import { type PolicyRow, policyEntity } from './policy.entity.js';

/** The versions of the house's standard: read by everything that judges, written by the supervisor. */
@Injectable()
export class Policies implements OnModuleInit {
  /** Versions never change, so those read once are kept. */
  private readonly known = new Map<number, PolicyVersion>();

  constructor(
    private readonly source: DataSource,
    private readonly clock: Clock,
    private readonly audit: Audit,
  ) {}

  /** Seeds the default standard where there is none. Processes that start together add it once. */
  async onModuleInit(): Promise<void> {
    await this.source
      .createQueryBuilder()
      .insert()
      .into(policyEntity)
      .values({
        version: 1,
        createdAt: new Date(this.clock.now()),
        createdBy: 'system',
        why: "the house's service standard",
        document: policyDocumentSchema.parse(defaultPolicy),
      })
      .orIgnore()
      .execute();
  }

  /** The version in force now: what a call that begins now is judged by. */
  async current(db: Db = this.source.manager): Promise<PolicyVersion> {
    const newest = await db.getRepository(policyEntity).maximum('version');
    if (newest === null) throw new Error('no policy version was seeded');
    const found = await this.find(newest, db);
    if (!found) throw new Error(`policy version ${newest} vanished`);
    return found;
  }

  /** The version a call began under. */
  async version(version: number): Promise<PolicyVersion | Refusal> {
    return (await this.find(version)) ?? refuse('policy.not-found', { version });
  }

  /** Every version, newest first, without the documents. */
  async versions(actor: Actor): Promise<PolicyVersionRow[] | Refusal> {
    const denied = denyUnless(actor, 'policy.read');
    if (denied) return denied;
    const rows = await this.source.getRepository(policyEntity).find({
      select: { version: true, createdAt: true, createdBy: true, why: true },
      order: { version: 'DESC' },
    });
    return rows.map(({ createdAt, ...row }) => ({ ...row, createdAt: createdAt.toISOString() }));
  }

  /** Adds a version; calls that have begun keep theirs. Refuses a document that contradicts itself. */
  async publish(actor: Actor, { document, why, basedOn }: PolicyPublish): Promise<PolicyVersion | Refusal> {
    const denied = denyUnless(actor, 'policy.write');
    if (denied) return denied;
    return this.source.transaction(async (db) => {
      await db.query('select pg_advisory_xact_lock($1)', [advisoryLocks.policyVersions]);
      const newest = await this.current(db);
      if (newest.version !== basedOn)
        return refuse('policy.changed-meanwhile', { basedOn, current: newest.version });
      const faults = policyFaults(document, newest.document);
      if (faults.length > 0) return refuse('policy.contradictory', { faults });
      const row: PolicyRow = {
        version: newest.version + 1,
        createdAt: new Date(this.clock.now()),
        createdBy: actor.login,
        why,
        document,
      };
      await db.insert(policyEntity, row);
      await this.audit.write(actor, 'policy.published', `policy:${row.version}`, { why }, db);
      return toVersion(row);
    });
  }

  private async find(version: number, db: Db = this.source.manager): Promise<PolicyVersion | undefined> {
    const kept = this.known.get(version);
    if (kept) return kept;
    const row = await db.getRepository(policyEntity).findOneBy({ version });
    if (!row) return undefined;
    const read = toVersion(row);
    this.known.set(version, read);
    return read;
  }
}

function toVersion({ createdAt, document, ...row }: PolicyRow): PolicyVersion {
  return { ...row, document: asPublished(document), createdAt: createdAt.toISOString() };
}
