import { randomUUID } from 'node:crypto';
import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { DataSource, In } from 'typeorm';
import type { Person, Role } from '../contracts/identity.js';
import { Config } from '../platform/config/config.js';
import { advisoryLocks } from '../platform/database/advisory-locks.js';
import { demoPeople } from './demo-people.js';
import { hashPassword } from './passwords.js';
import { type PersonRow, personEntity } from './person.entity.js';

/** The house's people. */
@Injectable()
export class People implements OnModuleInit {
  private readonly logger = new Logger(People.name);

  constructor(
    private readonly source: DataSource,
    private readonly config: Config,
  ) {}

  async onModuleInit(): Promise<void> {
    await this.seed();
  }

  async byLogin(login: string): Promise<PersonRow | null> {
    return this.rows.findOneBy({ login: login.toLowerCase(), active: true });
  }

  async byId(id: string): Promise<Person | null> {
    const row = await this.rows.findOneBy({ id });
    return row && personOf(row);
  }

  /** Several at once, by id; unknown ids are left out. */
  async byIds(ids: readonly string[]): Promise<Map<string, Person>> {
    if (ids.length === 0) return new Map();
    const rows = await this.rows.findBy({ id: In([...ids]) });
    return new Map(rows.map((row) => [row.id, personOf(row)]));
  }

  /** Active people with any of the roles, by login. */
  async withRole(...roles: Role[]): Promise<Person[]> {
    const rows = await this.rows.find({ where: { role: In(roles), active: true }, order: { login: 'asc' } });
    return rows.map(personOf);
  }

  private get rows() {
    return this.source.getRepository(personEntity);
  }

  /** Makes the demo hotel's people once, when there is nobody and a demo password is set. */
  private async seed(): Promise<void> {
    const { demoPassword } = this.config;
    if (demoPassword === undefined) return;
    await this.source.transaction(async (db) => {
      await db.query('select pg_advisory_xact_lock($1)', [advisoryLocks.peopleSeed]);
      const people = db.getRepository(personEntity);
      if ((await people.count()) > 0) return;
      const passwordHash = await hashPassword(demoPassword);
      await people.insert(demoPeople.map((person) => ({ ...person, id: randomUUID(), passwordHash })));
      this.logger.log(`made ${demoPeople.length} demo people`);
    });
  }
}

/** As others see a person: without the password's hash. */
export function personOf({ id, login, name, role, agentNumber, locale }: PersonRow): Person {
  return { id, login, name, role, agentNumber, locale };
}
