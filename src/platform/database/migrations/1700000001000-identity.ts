import type { MigrationInterface, QueryRunner } from 'typeorm';

/** People, their sessions, the audit log and the outbox. */
export class Identity1700000001000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of up) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table outbox, audit_log, sessions, people');
    await runner.query('drop function refuse_change');
  }
}

const up = [
  `create table people (
    id uuid primary key,
    login text not null unique check (login = lower(login)),
    name text not null,
    role text not null,
    agent_number text unique,
    locale text not null default 'zh-CN',
    password_hash text not null,
    active boolean not null default true,
    created_at timestamptz not null default now()
  )`,
  `create table sessions (
    id uuid primary key,
    token_hash bytea not null unique,
    person_id uuid not null references people,
    opened_at timestamptz not null,
    used_at timestamptz not null,
    expires_at timestamptz not null,
    ends_at timestamptz not null,
    closed_at timestamptz,
    address text not null,
    browser text not null
  )`,
  'create index sessions_by_person on sessions (person_id) where closed_at is null',
  `create table audit_log (
    id bigint generated always as identity primary key,
    at timestamptz not null,
    actor_id uuid,
    actor_login text not null,
    actor_role text,
    action text not null,
    subject text not null,
    details jsonb not null default '{}'
  )`,
  'create index audit_log_by_subject on audit_log (subject, at)',
  'create index audit_log_by_time on audit_log (at)',
  // Shared by every append-only table: policies, timelines and scores use it too.
  `create function refuse_change() returns trigger language plpgsql as $$
    begin raise exception 'table % is append-only', tg_table_name; end $$`,
  `create trigger audit_log_append_only before update or delete or truncate on audit_log
    for each statement execute function refuse_change()`,
  `create table outbox (
    id uuid primary key,
    topic text not null,
    key text not null,
    payload jsonb not null,
    added_at timestamptz not null default now(),
    handed_at timestamptz,
    done_at timestamptz,
    failed_at timestamptz,
    failure text,
    unique (topic, key)
  )`,
  'create index outbox_open on outbox (added_at) where done_at is null and failed_at is null',
];
