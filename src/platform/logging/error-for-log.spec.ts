import { describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { QueryFailedError } from 'typeorm';
import { errorForLog } from './error-for-log.js';

const customer = '王小明 13800138000';
const fault = (code: string, message: string) => {
  const told = Object.assign(new pg.DatabaseError(message, message.length, 'error'), {
    code,
    table: 'handlings',
    constraint: 'handlings_pkey',
    detail: `Key (customer)=(${customer}) already exists.`,
    where: `unnamed portal parameter $1 = '${customer}'`,
  });
  return new QueryFailedError('insert into handlings values ($1)', [customer], told);
};

describe('an error in the log', () => {
  it.each([
    ['23505', 'duplicate key value violates unique constraint "handlings_pkey"'],
    ['22P02', `invalid input syntax for type uuid: "${customer}"`],
    ['22P02', `invalid input syntax for type json: ${customer}`],
  ])('of the database (%s) names the statement and the place, and no data', (code, message) => {
    const error = errorForLog(new Error('the record was not written', { cause: fault(code, message) }));
    expect(JSON.stringify(error)).not.toMatch(/王小明|13800138000/);
    expect(error).toMatchObject({
      message: 'the record was not written',
      cause: {
        type: 'QueryFailedError',
        code,
        table: 'handlings',
        query: 'insert into handlings values ($1)',
      },
    });
  });

  it('tells where it was thrown, and what it carries that is flat', () => {
    const error = errorForLog(Object.assign(new TypeError('no'), { port: 5432, request: { customer } }));
    expect(error).toMatchObject({ type: 'TypeError', message: 'no', port: 5432 });
    expect(error).toHaveProperty('stack', expect.stringMatching(/^TypeError: no\n\s+at .*error-for-log/));
    expect(error).not.toHaveProperty('request');
  });

  it('of several holds each, and ends where errors cause one another', () => {
    const [one, other] = [new Error('one'), new Error('other')];
    Object.assign(one, { cause: other });
    Object.assign(other, { cause: one });
    const error = errorForLog(new AggregateError([one, fault('23505', 'double')]));
    expect(error).toMatchObject({
      errors: [{ message: 'one', cause: { message: 'other' } }, { code: '23505' }],
    });
  });
});
