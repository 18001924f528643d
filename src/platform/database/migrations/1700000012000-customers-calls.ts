import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The calls of one customer, whoever called whom: what a history and a search by number ask for. */
export class CustomersCalls1700000012000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`create index calls_by_customer on calls
      ((case when direction = 'outbound' then dialled else from_number end), arrived_at desc)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop index calls_by_customer');
  }
}
