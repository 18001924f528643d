import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { FlowVersion, FlowVersionRow } from '../contracts/flow.js';
import { advisoryLocks } from '../platform/database/advisory-locks.js';
import type { Db } from '../platform/database/db.js';
import { type FlowVersionRecord, flowVersionEntity } from './flow-version.entity.js';

/** The versions of every service number's flow, as they were published. */
@Injectable()
export class FlowVersions {
  /** Versions never change, so those read once are kept. */
  private readonly known = new Map<string, FlowVersion>();

  constructor(private readonly source: DataSource) {}

  /** The version in force now, switched on or not; undefined: the number has no flow. */
  async newest(number: string, db: Db = this.source.manager): Promise<FlowVersion | undefined> {
    const [row] = await db
      .getRepository(flowVersionEntity)
      .find({ where: { number }, order: { version: 'DESC' }, take: 1 });
    return row && toVersion(row);
  }

  /** What is in force of every number that has a flow. */
  async allNewest(): Promise<FlowVersion[]> {
    const rows = await this.source
      .getRepository(flowVersionEntity)
      .createQueryBuilder('v')
      .distinctOn(['v.number'])
      .orderBy('v.number')
      .addOrderBy('v.version', 'DESC')
      .getMany();
    return rows.map(toVersion);
  }

  /** One version of a number's flow; undefined when there is none. */
  async ofNumber(number: string, version: number): Promise<FlowVersion | undefined> {
    const row = await this.source.getRepository(flowVersionEntity).findOneBy({ number, version });
    return row ? toVersion(row) : undefined;
  }

  /** The version that a call arrived under. */
  async ofCall(flowId: string, version: number): Promise<FlowVersion | undefined> {
    const key = `${flowId} ${version}`;
    const kept = this.known.get(key);
    if (kept) return kept;
    const row = await this.source.getRepository(flowVersionEntity).findOneBy({ flowId, version });
    if (!row) return undefined;
    const read = toVersion(row);
    this.known.set(key, read);
    return read;
  }

  /** Newest first, without the documents. */
  async rows(number: string): Promise<FlowVersionRow[]> {
    const rows = await this.source.getRepository(flowVersionEntity).find({
      select: { number: true, version: true, flowId: true, createdAt: true, createdBy: true, why: true },
      where: { number },
      order: { version: 'DESC' },
    });
    return rows.map(({ createdAt, ...row }) => ({ ...row, createdAt: createdAt.toISOString() }));
  }

  /** Held to the end of the transaction. */
  async lock(db: Db): Promise<void> {
    await db.query('select pg_advisory_xact_lock($1)', [advisoryLocks.flowVersions]);
  }

  async add(db: Db, record: FlowVersionRecord): Promise<FlowVersion> {
    await db.insert(flowVersionEntity, record);
    return toVersion(record);
  }
}

const toVersion = ({ createdAt, ...row }: FlowVersionRecord): FlowVersion => ({
  ...row,
  createdAt: createdAt.toISOString(),
});
