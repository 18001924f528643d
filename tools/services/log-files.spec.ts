import { mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { homeFrom } from './home.mjs';
import { logLimits, outdated, tidyLogs } from './log-files.mjs';

const day = 86_400_000;
const limits = { bytes: 100, days: 3, files: 2 };

describe('log files that were put aside', () => {
  it('go when they are too old or too many, each log for itself, and never one in use', () => {
    const now = 10 * day;
    const files = [
      { name: 'api.log', at: 0 },
      { name: 'api.log.20260302T010203004Z', at: now - day },
      { name: 'api.log.20260301T010203004Z', at: now - 2 * day },
      { name: 'api.log.20260228T010203004Z', at: now - 2.5 * day },
      { name: 'asterisk-security.log.1772413323', at: now - 4 * day },
      { name: 'postgres-2026-03-02_000000.log', at: now - 5 * day },
      { name: 'postgres-2026-03-01_000000.log', at: now - 6 * day },
      { name: 'build.log', at: 0 },
      { name: 'somebody-elses.txt', at: 0 },
    ];
    expect(outdated(files, now, limits)).toEqual([
      'api.log.20260228T010203004Z',
      'asterisk-security.log.1772413323',
      'postgres-2026-03-01_000000.log',
    ]);
  });
});

describe('the limits', () => {
  it('are settings, and a wrong one is told', () => {
    expect(logLimits({})).toEqual({ bytes: 20_000_000, days: 14, files: 10 });
    expect(logLimits({ SANLING_LOG_MB: '1', SANLING_LOG_DAYS: '2', SANLING_LOG_FILES: '3' })).toEqual({
      bytes: 1_000_000,
      days: 2,
      files: 3,
    });
    expect(() => logLimits({ SANLING_LOG_DAYS: 'ever' })).toThrow('SANLING_LOG_DAYS is "ever"');
  });
});

describe('tidying a home', () => {
  let root: string;
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'log-files-'));
    mkdirSync(join(root, 'log'));
  });
  afterEach(() => rmSync(root, { recursive: true }));

  it('puts a full one aside and removes what is outdated', () => {
    const home = homeFrom({ SANLING_HOME: root });
    const put = (name: string, text: string) => writeFileSync(join(home.log, name), text);
    put('redis.log', 'x'.repeat(101));
    put('api.log', 'x'.repeat(500));
    put('worker.log.20200101T000000000Z', 'old');
    utimesSync(join(home.log, 'worker.log.20200101T000000000Z'), 0, 0);
    tidyLogs(home, Date.now(), limits);
    const names = readdirSync(home.log).sort();
    expect(names).toEqual(['api.log', expect.stringMatching(/^redis\.log\.\d{8}T\d{9}Z$/)]);
    put('redis.log', 'x');
    tidyLogs(home, Date.now(), limits);
    expect(readdirSync(home.log)).toHaveLength(3);
  });
});
