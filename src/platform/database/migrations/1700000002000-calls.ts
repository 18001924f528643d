import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Timelines (append-only, the truth), and the rows computed from them for lists: calls, handlings, drafts. */
export class Calls1700000002000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of up) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table wrap_up_drafts, handlings, timeline_events, calls');
  }
}

const up = [
  `create table calls (
    id uuid primary key,
    version integer not null,
    state text not null,
    outcome text not null,
    direction text not null,
    channel text not null,
    from_number text not null,
    from_name text not null,
    dialled text not null,
    queue_id uuid,
    queue_name text,
    policy_version integer not null,
    arrived_at timestamptz not null,
    queued_at timestamptz,
    answered_at timestamptz,
    ended_at timestamptz,
    ended_by text,
    talked_ms integer,
    held_ms integer not null,
    holds integer not null,
    settled boolean not null
  )`,
  'create index calls_by_arrival on calls (arrived_at desc, id desc)',
  'create index calls_by_number on calls (from_number, arrived_at desc)',
  'create index calls_by_queue on calls (queue_id, arrived_at)',
  'create index calls_unsettled on calls (arrived_at) where not settled',
  `create table timeline_events (
    call_id uuid not null references calls,
    seq integer not null,
    at timestamptz not null,
    recorded_at timestamptz not null default clock_timestamp(),
    source text not null,
    kind text not null,
    data jsonb not null,
    primary key (call_id, seq)
  )`,
  `create trigger timeline_events_append_only before update or delete or truncate on timeline_events
    for each statement execute function refuse_change()`,
  `create table handlings (
    id uuid primary key,
    call_id uuid not null references calls,
    agent_id uuid not null,
    agent_number text not null,
    phase text not null,
    offered_at timestamptz not null,
    answered_at timestamptz,
    ended_at timestamptz,
    wrap_up_completed_at timestamptz,
    wrap_up jsonb
  )`,
  'create index handlings_by_call on handlings (call_id)',
  'create index handlings_by_agent on handlings (agent_id, offered_at desc)',
  'create index handlings_answered on handlings (answered_at desc, id desc) where answered_at is not null',
  `create table wrap_up_drafts (
    handling_id uuid primary key references handlings,
    draft jsonb not null,
    saved_at timestamptz not null
  )`,
];
