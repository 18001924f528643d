import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Tells every process at once of a person who changed and of a session that was closed, whoever did it: also somebody
 * with a database client. What is told is an id; whoever hears it reads the rest.
 */
export class Rights1700000010200 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of up) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop trigger session_closed on sessions');
    await runner.query('drop trigger rights_changed on people');
    await runner.query('drop function tell_session_closed');
    await runner.query('drop function tell_rights_changed');
  }
}

const up = [
  `create function tell_rights_changed() returns trigger language plpgsql as $$
    begin perform pg_notify('rights_changed', new.id::text); return null; end $$`,
  `create trigger rights_changed after update of active, role, login, name, agent_number on people
    for each row when ((old.active, old.role, old.login, old.name, old.agent_number)
      is distinct from (new.active, new.role, new.login, new.name, new.agent_number))
    execute function tell_rights_changed()`,
  `create function tell_session_closed() returns trigger language plpgsql as $$
    begin perform pg_notify('session_closed', new.id::text); return null; end $$`,
  `create trigger session_closed after update of closed_at on sessions
    for each row when (old.closed_at is null and new.closed_at is not null)
    execute function tell_session_closed()`,
];
