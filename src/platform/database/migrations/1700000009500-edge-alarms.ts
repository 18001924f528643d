import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Alarms about the house's edge belong to no call and no agent, and say where the trouble came from. */
export class EdgeAlarms1700000009500 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('alter table alarms alter column call_id drop not null');
    await runner.query('alter table alarms alter column agent_id drop not null');
    await runner.query("alter table alarms add column detail text not null default ''");
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('delete from alarms where call_id is null');
    await runner.query('alter table alarms drop column detail');
    await runner.query('alter table alarms alter column agent_id set not null');
    await runner.query('alter table alarms alter column call_id set not null');
  }
}
