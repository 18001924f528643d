import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Which machine of the telephony engine carries a call, and the fence that keeps late owners of a machine from writing. */
export class Nodes1700000008500 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`create table telephony_nodes (
      name text primary key,
      fence bigint not null,
      owner text not null,
      taken_at timestamptz not null
    )`);
    await runner.query("alter table calls add column node text not null default 'main'");
    await runner.query('drop index calls_unsettled');
    await runner.query('create index calls_unsettled on calls (node, arrived_at) where not settled');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop index calls_unsettled');
    await runner.query('create index calls_unsettled on calls (arrived_at) where not settled');
    await runner.query('alter table calls drop column node');
    await runner.query('drop table telephony_nodes');
  }
}
