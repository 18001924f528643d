import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, it } from '@jest/globals';
import { advisoryLocks } from './advisory-locks.js';

it('no advisory lock has two meanings, and none is numbered elsewhere', () => {
  const numbers = Object.values(advisoryLocks);
  expect(new Set(numbers).size).toBe(numbers.length);
  const src = resolve(import.meta.dirname, '../..');
  const files = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter((name) =>
    /(?<!spec)\.ts$/.test(name),
  );
  const others = files.filter((name) => !name.endsWith('advisory-locks.ts'));
  expect(others.filter((name) => /3_202_600_\d{3}/.test(readFileSync(join(src, name), 'utf8')))).toEqual([]);
});
