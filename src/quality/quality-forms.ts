import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { QualityForm } from '../contracts/quality.js';
import { Clock } from '../kernel/clock.js';
import { orThrow } from '../kernel/refusal.js';
import { Policies } from '../standard/policies.js';
import { defaultFormName, formItems } from './domain/default-form.js';
import { type QualityFormRow, qualityFormEntity } from './quality-form.entity.js';

/** The scoring forms: one for each version of the standard, made when it is first needed. */
@Injectable()
export class QualityForms {
  constructor(
    private readonly source: DataSource,
    private readonly policies: Policies,
    private readonly clock: Clock,
  ) {}

  /** The form for calls judged by that version of the standard. */
  async forPolicy(version: number): Promise<QualityForm> {
    const known = await this.rows.findOneBy({ policyVersion: version });
    if (known) return formOf(known);
    const { document } = orThrow(await this.policies.version(version));
    await this.rows
      .createQueryBuilder()
      .insert()
      .values({
        id: randomUUID(),
        version,
        policyVersion: version,
        name: defaultFormName,
        items: formItems(document),
        createdAt: new Date(this.clock.now()),
      })
      .orIgnore()
      .execute();
    // Another process may have been first: what stands in the table counts.
    return formOf(await this.rows.findOneByOrFail({ policyVersion: version }));
  }

  /** The form an evaluation was made on. */
  async byId(id: string): Promise<QualityForm> {
    return formOf(await this.rows.findOneByOrFail({ id }));
  }

  private get rows() {
    return this.source.getRepository(qualityFormEntity);
  }
}

function formOf({ id, version, name, items }: QualityFormRow): QualityForm {
  return { id, version, name, items };
}
