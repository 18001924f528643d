import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import pg from 'pg';
import { DataSource } from 'typeorm';
import { loadMigrations, migrate } from '../../src/platform/database/migrations.js';
import { type FreshDatabase, freshDatabase, useServices } from './services.js';

const folder = resolve(import.meta.dirname, '../../src/platform/database/migrations');
/** Any fixed number, on the server's own database: suites that run at once make the template once. */
const templateLock = 3_202_600_099;

/** A database of the test's own that is up to date already: a copy of one that was migrated once for all suites. */
export async function readyDatabase(): Promise<FreshDatabase> {
  return freshDatabase(await template());
}

/** Its name says which migrations it had; those of earlier ones are left to the home's end. */
async function template(): Promise<string> {
  const name = `template_${await digest()}`;
  const admin = new pg.Client({ connectionString: useServices().DATABASE_ADMIN_URL });
  await admin.connect();
  try {
    await admin.query('select pg_advisory_lock($1)', [templateLock]);
    const { rowCount } = await admin.query('select from pg_database where datname = $1', [name]);
    if (rowCount === 0) await make(name, admin);
    return name;
  } finally {
    // The lock goes with the connection.
    await admin.end();
  }
}

/** Under another name until it is whole. */
async function make(name: string, admin: pg.Client): Promise<void> {
  const draft = await freshDatabase();
  const source = await new DataSource({
    type: 'postgres',
    url: draft.url,
    migrations: await loadMigrations(),
  }).initialize();
  await migrate(source);
  await source.destroy();
  await admin.query(`alter database ${draft.name} rename to ${name}`);
}

async function digest(): Promise<string> {
  const hash = createHash('sha256');
  for (const file of (await readdir(folder)).sort()) hash.update(await readFile(join(folder, file)));
  return hash.digest('hex').slice(0, 12);
}
