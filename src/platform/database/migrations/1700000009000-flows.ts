import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What callers go through before the queue, by service number. */
export class Flows1700000009000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`create table flow_versions (
      number text not null,
      version int not null check (version > 0),
      flow_id uuid not null,
      created_at timestamptz not null,
      created_by text not null,
      why text not null,
      document jsonb not null,
      primary key (number, version),
      unique (flow_id, version)
    )`);
    // A call is led for ever by the version in force at its arrival.
    await runner.query(`create trigger flow_versions_append_only before update or delete or truncate on flow_versions
      for each statement execute function refuse_change()`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table flow_versions');
  }
}
