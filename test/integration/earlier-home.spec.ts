import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { TrialCheckout } from '../support/trial-checkout.js';

describe('earlier home', () => {
  /** A home as it was when the product signed in as the administrator, and letters were those of ASCII. */
  const earlier = [
    'drop database sanling',
    'drop role sanling_app',
    "update pg_database set datctype = 'C' where datctype = 'C.UTF-8'",
    "create database sanling template template0 lc_ctype 'C' locale_provider builtin builtin_locale 'C.UTF-8'",
  ];
  const contents = `
  create schema other;
  create type mood as enum ('calm', 'hurried');
  create table guests (id serial primary key, name text not null, mood mood not null default 'calm');
  create table other.stays (at timestamptz not null) partition by range (at);
  create table other.stays_2026 partition of other.stays for values from ('2026-01-01') to ('2027-01-01');
  create view named as select name from guests;
  create function greet(name text) returns text language sql as 'select ''您好 '' || name';
  insert into guests (name) select '三铃大酒店 ' || n from generate_series(1, 1000) n;
  insert into other.stays values ('2026-05-01');
`;

  const alike = "select similarity('三铃大酒店', '三铃酒店') as alike";

  let trial: TrialCheckout;
  let before: unknown;
  const postgresOnly = { REDIS_URL: 'redis://127.0.0.1:9', ASTERISK_HTTP_URL: 'http://127.0.0.1:9' };
  const up = async () => {
    const started = trial.launch('services-cli.mjs', ['up'], postgresOnly);
    if ((await started.ended()) !== 0) throw new Error(started.err);
  };
  const secrets = () => JSON.parse(trial.read('secrets.json'));

  async function ask(user: string, password: string, database: string, statements: readonly string[]) {
    const { postgres: port } = JSON.parse(trial.read('ports.json'));
    const client = new pg.Client({ host: '127.0.0.1', port, user, password, database });
    await client.connect();
    try {
      let rows: Record<string, unknown>[] = [];
      for (const statement of statements) ({ rows } = await client.query(statement));
      return rows;
    } finally {
      await client.end();
    }
  }
  const asAdministrator = (database: string, ...statements: string[]) =>
    ask('sanling', secrets().databasePassword, database, statements);
  const asProduct = (...statements: string[]) =>
    ask('sanling_app', secrets().applicationPassword, 'sanling', statements);

  beforeAll(async () => {
    trial = await TrialCheckout.make();
    await up();
    await asAdministrator('postgres', ...earlier);
    before = await asAdministrator('sanling', contents, 'create extension pg_trgm', alike);
    await asAdministrator('sanling', 'drop extension pg_trgm');
    const { applicationPassword, ...rest } = secrets();
    trial.write('.runtime/secrets.json', JSON.stringify(rest));
    await up();
  }, 120_000);
  afterAll(() => trial?.remove(), 60_000);

  describe('a home of an earlier version', () => {
    it('keeps every row, which the product may read and change', async () => {
      expect(await asProduct('select count(*)::int as guests from guests')).toEqual([{ guests: 1_000 }]);
      const changes = [
        "insert into guests (name, mood) values ('李', 'hurried')",
        'alter table guests add column room text',
        "alter type mood add value 'glad'",
        'create or replace view named as select name, room from guests',
        "create or replace function greet(name text) returns text language sql as 'select name'",
        "create table other.stays_2027 partition of other.stays for values from ('2027-01-01') to ('2028-01-01')",
        'drop table other.stays_2026',
        'drop schema other cascade',
      ];
      await asProduct(...changes);
    });

    it('knows Chinese letters from then on, in what is made later too', async () => {
      expect(before).toEqual([{ alike: 0 }]);
      const [row] = await asProduct('create extension pg_trgm', alike);
      expect(Number(row?.alike)).toBeGreaterThan(0.3);
      const types = await asAdministrator('postgres', 'select distinct datctype from pg_database');
      expect(types).toEqual([{ datctype: 'C.UTF-8' }]);
    });

    it('gives the product a role that is nobody outside its database', async () => {
      const rights = 'rolsuper, rolcreatedb, rolcreaterole, rolreplication, rolbypassrls';
      const [role] = await asProduct(`select ${rights} from pg_roles where rolname = current_user`);
      expect(Object.values(role ?? {})).toEqual([false, false, false, false, false]);
      await expect(asProduct('create database another')).rejects.toThrow('permission denied');
      await expect(asProduct("select pg_read_file('PG_VERSION')")).rejects.toThrow('permission denied');
      await expect(asProduct("copy (select 1) to program 'true'")).rejects.toThrow('permission denied');
    });

    it('is left as it is at the next start', async () => {
      await up();
      expect(await asProduct('select count(*)::int as guests from guests')).toEqual([{ guests: 1_001 }]);
    });
  });
});
