import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Queues and their members, the log of the agents' presence, and the floor's alarms. */
export class Agents1700000002500 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of up) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table alarms, presence_log, queue_members, queues');
  }
}

const up = [
  `create table queues (
    id uuid primary key,
    name text not null unique,
    number text not null unique,
    created_at timestamptz not null default now()
  )`,
  `create table queue_members (
    queue_id uuid not null references queues on delete cascade,
    agent_id uuid not null references people,
    primary key (queue_id, agent_id)
  )`,
  // entry_id: the id under which Redis logged the change; whoever carries it over twice writes it once.
  `create table presence_log (
    id bigint generated always as identity primary key,
    entry_id text not null unique,
    agent_id uuid not null,
    at timestamptz not null,
    state text not null,
    reason text,
    call_id uuid,
    handling_id uuid,
    device_ready boolean not null
  )`,
  'create index presence_log_by_agent on presence_log (agent_id, at)',
  `create trigger presence_log_append_only before update or delete or truncate on presence_log
    for each statement execute function refuse_change()`,
  // One alarm a fact: (call_id, seq) is the fact's place in the call's timeline.
  `create table alarms (
    id uuid primary key,
    call_id uuid not null,
    seq integer not null,
    at timestamptz not null,
    level text not null,
    code text not null,
    clause text not null,
    agent_id uuid not null,
    acknowledged_by text,
    acknowledged_at timestamptz,
    unique (call_id, seq)
  )`,
  'create index alarms_by_time on alarms (at desc)',
];
