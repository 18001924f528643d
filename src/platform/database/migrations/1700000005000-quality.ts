import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Scoring forms, evaluations and every revision of them. */
export class Quality1700000005000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of up) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table evaluation_revisions, evaluations, quality_forms');
  }
}

const up = [
  `create table quality_forms (
    id uuid primary key,
    version int not null unique,
    policy_version int not null unique references policies,
    name jsonb not null,
    items jsonb not null,
    created_at timestamptz not null
  )`,
  `create table evaluations (
    id uuid primary key,
    handling_id uuid not null unique,
    call_id uuid not null,
    agent_id uuid not null,
    answered_at timestamptz not null,
    form_id uuid not null references quality_forms,
    state text not null check (state in ('draft', 'submitted')),
    revision int not null check (revision > 0),
    inspector_id uuid not null,
    inspector_name text not null,
    total double precision,
    submitted_at timestamptz,
    seen_at timestamptz,
    check ((state = 'submitted') = (submitted_at is not null and total is not null))
  )`,
  'create index evaluations_by_time on evaluations (answered_at desc, handling_id desc)',
  `create index evaluations_by_agent on evaluations (agent_id, submitted_at desc, id desc)
    where state = 'submitted'`,
  `create table evaluation_revisions (
    evaluation_id uuid not null references evaluations,
    revision int not null check (revision > 0),
    state text not null,
    at timestamptz not null,
    by_id uuid not null,
    by_name text not null,
    marks jsonb not null,
    notes jsonb not null,
    summary text not null,
    primary key (evaluation_id, revision)
  )`,
  ...['quality_forms', 'evaluation_revisions'].map(
    (table) => `create trigger ${table}_append_only before update or delete or truncate on ${table}
      for each statement execute function refuse_change()`,
  ),
];
