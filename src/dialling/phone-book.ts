import { randomUUID } from 'node:crypto';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { PhoneBookEntry, PhoneBookWish } from '../contracts/dialling.js';
import { Audit } from '../identity/audit.js';
import { type Actor, denyUnless } from '../kernel/actor.js';
import { type Refusal, refuse } from '../kernel/refusal.js';
import { Config } from '../platform/config/config.js';
import { advisoryLocks } from '../platform/database/advisory-locks.js';
import { demoPhoneBook } from './default-rules.js';
import { phoneBookEntity } from './dialling.entity.js';
import { Dialling } from './dialling.js';
import { normalise } from './domain/normalise.js';

/** Departments and partners that customers are put through to, each with its number as it is dialled. */
@Injectable()
export class PhoneBook implements OnModuleInit {
  constructor(
    private readonly source: DataSource,
    private readonly dialling: Dialling,
    private readonly audit: Audit,
    private readonly config: Config,
  ) {}

  /** The demo hotel has some departments from the start. */
  async onModuleInit(): Promise<void> {
    if (this.config.demoPassword === undefined) return;
    await this.source.transaction(async (db) => {
      await db.query('select pg_advisory_xact_lock($1)', [advisoryLocks.phoneBookSeed]);
      if ((await db.getRepository(phoneBookEntity).count()) > 0) return;
      await db.insert(
        phoneBookEntity,
        demoPhoneBook.map((entry) => ({ id: randomUUID(), ...entry })),
      );
    });
  }

  async entries(): Promise<PhoneBookEntry[]> {
    return this.source.getRepository(phoneBookEntity).find({ order: { number: 'asc', zh: 'asc' } });
  }

  async entry(id: string): Promise<PhoneBookEntry | null> {
    return this.source.getRepository(phoneBookEntity).findOneBy({ id });
  }

  async list(actor: Actor): Promise<PhoneBookEntry[] | Refusal> {
    return denyUnless(actor, 'dialling.read') ?? (await this.entries());
  }

  /** Adds an entry, or changes the one with this id. */
  async write(actor: Actor, wish: PhoneBookWish, id?: string): Promise<PhoneBookEntry | Refusal> {
    const denied = denyUnless(actor, 'dialling.write');
    if (denied) return denied;
    const { rules } = await this.dialling.current();
    const dialled = normalise(wish.number, rules.areaCode);
    if (!dialled) return refuse('dial.not-a-number', { typed: wish.number });
    if (this.dialling.leadsBack(rules, dialled)) return refuse('dial.own-number', { number: dialled.number });
    if (id !== undefined && !(await this.entry(id))) return refuse('request.not-found');
    const entry = { ...wish, id: id ?? randomUUID(), number: dialled.number };
    await this.source.transaction(async (db) => {
      await db.getRepository(phoneBookEntity).save(entry);
      await this.audit.write(actor, 'phone-book.changed', `phone-book:${entry.id}`, { ...entry }, db);
    });
    return entry;
  }

  async remove(actor: Actor, id: string): Promise<Refusal | null> {
    const denied = denyUnless(actor, 'dialling.write');
    if (denied) return denied;
    const { affected } = await this.source.getRepository(phoneBookEntity).delete({ id });
    if (!affected) return refuse('request.not-found');
    await this.audit.write(actor, 'phone-book.changed', `phone-book:${id}`, { removed: true });
    return null;
  }
}
