import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who may dial what, and the departments that customers are put through to. */
export class Dialling1700000006000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`create table dialling_rules (
      version int primary key check (version > 0),
      created_at timestamptz not null,
      created_by text not null,
      rules jsonb not null
    )`);
    // Who allowed what, and when, is asked after a bill from abroad.
    await runner.query(`create trigger dialling_rules_append_only before update or delete or truncate on dialling_rules
      for each statement execute function refuse_change()`);
    await runner.query(`create table phone_book (
      id uuid primary key,
      zh text not null,
      en text not null,
      number text not null
    )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table phone_book');
    await runner.query('drop table dialling_rules');
  }
}
