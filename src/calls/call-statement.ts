import type { DataSource, EntitySchema } from 'typeorm';
import { callEntity } from './call.entity.js';
import { handlingEntity } from './handling.entity.js';
import { judgementEntity } from './judgement.entity.js';
import { timelineEventEntity } from './timeline-event.entity.js';

/**
 * Facts and the rows computed from them, in one statement and so all or none: a call makes about a dozen such writes, and a
 * transaction of single statements cost each of them five more ways to the database.
 *
 * Parameters: node, its fence, the call's row, the facts, the handlings that changed, what was judged (the last four as JSON
 * by column name), and for a call that goes on the version it had. Answers one row: `owned` (0: the node is another process's) and
 * `written` (0: the call has another version).
 */
export interface CallStatements {
  begin: string;
  goOn: string;
}

export function callStatements(source: DataSource): CallStatements {
  const columnsOf = <T extends object>(entity: EntitySchema<T>) =>
    source.getMetadata(entity).columns.map(({ databaseName }) => databaseName);
  const call = columnsOf(callEntity);
  const fact = columnsOf(timelineEventEntity);
  const handling = columnsOf(handlingEntity);
  const list = (columns: string[], table = '') => columns.map((column) => `${table}"${column}"`).join(', ');
  const judgement = columnsOf(judgementEntity);
  const kept = handling.filter((column) => column !== 'id');
  const statement = (written: string) => `
    with owned as (select from telephony_nodes where name = $1 and fence = $2 for share),
    written as (${written}),
    told as (
      insert into timeline_events (${list(fact)})
      select ${list(fact, 'new.')} from written, jsonb_populate_recordset(null::timeline_events, $4) as new
    ),
    handled as (
      insert into handlings (${list(handling)})
      select ${list(handling, 'new.')} from written, jsonb_populate_recordset(null::handlings, $5) as new
      on conflict (id) do update set (${list(kept)}) = row(${list(kept, 'excluded.')})
    ),
    judged as (
      insert into handling_judgements (${list(judgement)})
      select ${list(judgement, 'new.')} from written, jsonb_populate_recordset(null::handling_judgements, $6) as new
      on conflict do nothing
    )
    select (select count(*) from owned)::int as owned, (select count(*) from written)::int as written`;
  return {
    begin: statement(`
      insert into calls (${list(call)})
      select ${list(call, 'new.')} from owned, jsonb_populate_record(null::calls, $3) as new returning id`),
    goOn: statement(`
      update calls set (${list(call)}) = row(${list(call, 'new.')})
      from owned, jsonb_populate_record(null::calls, $3) as new
      where calls.id = new.id and calls.version = $7 returning calls.id`),
  };
}

/** An entity's row by column name, as the statements take it. */
export function byColumn<T extends object>(source: DataSource, entity: EntitySchema<T>, row: T): object {
  const values = row as Record<string, unknown>;
  return Object.fromEntries(
    source
      .getMetadata(entity)
      .columns.map(({ databaseName, propertyName }) => [databaseName, values[propertyName]]),
  );
}
