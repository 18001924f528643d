import { expect, it } from '@jest/globals';
import { DataSource } from 'typeorm';
import { Faults } from '../../../src/platform/http/faults.js';
import { Api } from '../../support/api.js';

it('a fault of the database is logged without what was to be written', async () => {
  const lines: string[] = [];
  await using api = await Api.start({ logTo: { write: (line) => void lines.push(line) } });
  const source = api.get(DataSource);
  const wrong: [string, unknown[]][] = [
    ['insert into people (id, login) values ($1, $2)', ['王小明的电话', '13800138000']],
    ['select $1::uuid', ['王小明']],
    ['select $1::jsonb', ['王小明 13800138000']],
    ['with twice as (select $1::text as name) select cast(name as integer) from twice', ['王小明']],
  ];
  for (const [statement, parameters] of wrong) {
    const error: unknown = await source.query(statement, parameters).catch((thrown: unknown) => thrown);
    const { body } = api.get(Faults).answer(error, 'a test');
    const line = lines.find((one) => one.includes(String(body.reference)));
    expect(JSON.parse(line ?? '{}').err).toMatchObject({ type: 'QueryFailedError', query: statement });
  }
  expect(lines.filter((line) => /王小明|13800138000/.test(line))).toEqual([]);
});
