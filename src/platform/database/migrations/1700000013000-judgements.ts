import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What the standard said of a handling when its call was over, and of a score when it was submitted: it stands. */
export class Judgements1700000013000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of up) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table evaluation_revisions drop column verdicts');
    await runner.query('drop table handling_judgements');
  }
}

const up = [
  `create table handling_judgements (
    handling_id uuid primary key references handlings,
    policy_version int not null,
    judge_version int not null,
    judged_at timestamptz not null,
    verdicts jsonb not null
  )`,
  `create trigger handling_judgements_append_only before update or delete or truncate on handling_judgements
    for each statement execute function refuse_change()`,
  'alter table evaluation_revisions add column verdicts jsonb',
];
