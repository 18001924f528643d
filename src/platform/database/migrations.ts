import { readdir } from 'node:fs/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { Logger } from '@nestjs/common';
import type { DataSource, MigrationInterface } from 'typeorm';
import { advisoryLocks } from './advisory-locks.js';

type MigrationClass = new () => MigrationInterface;

const folder = fileURLToPath(new URL('./migrations/', import.meta.url));
/** `1700000001000-identity.ts` here, `.js` in the build. */
const migrationFile = /^\d{13}-[a-z-]+\.(ts|js)$/;

/** The migrations of this folder in order. Each file exports one class, named like the file with the number at its end. */
export async function loadMigrations(): Promise<MigrationClass[]> {
  const files = (await readdir(folder)).filter((file) => migrationFile.test(file)).sort();
  const modules: Record<string, unknown>[] = await Promise.all(
    files.map((file) => import(pathToFileURL(`${folder}${file}`).href)),
  );
  return modules.flatMap((exported) =>
    Object.values(exported).filter((value): value is MigrationClass => typeof value === 'function'),
  );
}

/**
 * Brings the database up to date, one transaction a migration, under a lock, so that API and worker processes may start
 * at the same time. The lock is the session's: it is let go when the process dies.
 */
export async function migrate(source: DataSource): Promise<void> {
  const runner = source.createQueryRunner();
  await runner.connect();
  try {
    await runner.query('select pg_advisory_lock($1)', [advisoryLocks.migrations]);
    const done = await source.runMigrations({ transaction: 'each' });
    if (done.length > 0) new Logger('Database').log(`migrated: ${done.map((one) => one.name).join(', ')}`);
  } finally {
    await runner.query('select pg_advisory_unlock($1)', [advisoryLocks.migrations]);
    await runner.release();
  }
}
