import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The house's own announcements. The audio lies apart, so that lists do not read it. */
export class Prompts1700000008000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`create table prompts (
      id uuid primary key,
      name text not null,
      zh text not null,
      en text not null,
      duration_ms integer not null check (duration_ms > 0),
      format text not null,
      file_name text not null,
      sha256 text not null,
      changed_at timestamptz not null,
      changed_by text not null
    )`);
    // Two names that differ in capitals only could not be told apart in a list.
    await runner.query('create unique index prompts_by_name on prompts (lower(name))');
    await runner.query(`create table prompt_audio (
      prompt_id uuid primary key references prompts on delete cascade,
      original bytea not null,
      converted bytea not null
    )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table prompt_audio');
    await runner.query('drop table prompts');
  }
}
