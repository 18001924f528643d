import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Recordings: what is known of each, what is due next, and its waveform. The audio itself is in the recording store. */
export class Recordings1700000004000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of up) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table recording_peaks, recordings');
  }
}

const up = [
  `create table recordings (
    id uuid primary key,
    call_id uuid not null,
    state text not null check (state in ('recording', 'finished', 'stored', 'failed')),
    started_at timestamptz,
    finished_at timestamptz,
    attempts integer not null default 0,
    next_attempt_at timestamptz,
    failure text,
    storage_key text,
    sha256 text,
    bytes integer,
    duration_ms integer,
    stored_at timestamptz,
    original_removed_at timestamptz,
    check (state <> 'stored' or (started_at is not null and stored_at is not null and storage_key is not null
      and sha256 is not null and bytes is not null and duration_ms is not null)),
    check (original_removed_at is null or state = 'stored')
  )`,
  'create index recordings_by_call on recordings (call_id, started_at)',
  'create index recordings_due on recordings (next_attempt_at) where next_attempt_at is not null',
  "create index recordings_running on recordings (started_at) where state = 'recording'",
  `create table recording_peaks (
    recording_id uuid primary key references recordings on delete cascade,
    per_second smallint not null,
    customer bytea not null,
    agent bytea not null
  )`,
];
