import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The versions of the house's standard. */
export class Standard1700000003000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`create table policies (
      version int primary key check (version > 0),
      created_at timestamptz not null,
      created_by text not null,
      why text not null,
      document jsonb not null
    )`);
    // Calls are judged for ever by the version in force when they began.
    await runner.query(`create trigger policies_append_only before update or delete or truncate on policies
      for each statement execute function refuse_change()`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table policies');
  }
}
