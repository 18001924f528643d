import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ManualClock } from '../../kernel/clock.js';
import { LogFile } from './log-file.js';

describe('a log file', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'log-file-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const files = () => readdirSync(folder).sort();
  const linesOf = (name: string) => readFileSync(join(folder, name), 'utf8').split('\n').slice(0, -1);
  const all = () => [...files().slice(1), 'api.log'].flatMap(linesOf);

  it('is put aside when it is full, and no line is lost or cut', () => {
    const clock = new ManualClock();
    const file = new LogFile({ path: join(folder, 'api.log'), largestBytes: 1_000, clock });
    const written = Array.from({ length: 200 }, (_, n) => JSON.stringify({ n, text: '线'.repeat(n % 30) }));
    for (const line of written) {
      file.write(`${line}\n`);
      clock.advance(1);
    }
    expect(files().length).toBeGreaterThan(5);
    expect(all()).toEqual(written);
    for (const name of files()) {
      expect(statSync(join(folder, name)).size).toBeLessThanOrEqual(1_000);
      expect(statSync(join(folder, name)).mode & 0o077).toBe(0);
    }
  });

  it('is put aside at the end of the day, and goes on where the process left it', () => {
    const clock = new ManualClock(Date.now());
    const options = { path: join(folder, 'api.log'), largestBytes: 1_000, clock };
    new LogFile(options).write('one\n');
    const again = new LogFile(options);
    again.write('two\n');
    expect(files()).toEqual(['api.log']);
    clock.advance(86_400_000);
    again.write('three\n');
    expect(files()).toHaveLength(2);
    expect(linesOf('api.log')).toEqual(['three']);
    expect(all()).toEqual(['one', 'two', 'three']);
  });
});
