import type { MigrationInterface, QueryRunner } from 'typeorm';

/** How the sound of each leg fared: sums weighted by time, so that parts can be added to what is stored. */
export class LegSound1700000007500 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`create table leg_sound (
      leg_id text primary key,
      call_id uuid not null references calls,
      side text not null,
      agent_id uuid,
      codec text not null,
      first_at timestamptz not null,
      samples integer not null,
      over_ms bigint not null check (over_ms > 0),
      mos_ms double precision not null,
      mos_worst double precision not null,
      loss_ms double precision not null,
      jitter_ms double precision not null,
      round_trip_ms double precision not null,
      round_trip_over_ms bigint not null
    )`);
    await runner.query('create index leg_sound_by_call on leg_sound (call_id, first_at)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table leg_sound');
  }
}
