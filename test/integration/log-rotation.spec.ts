import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { Redis } from 'ioredis';
import pg from 'pg';
import { eventually } from '../support/eventually.js';
import { useServices } from '../support/services.js';

const services = useServices();
const folder = join(services.SANLING_HOME, 'log');

/** As the launcher does every few seconds, with a limit that every file is over. */
function tidy(): void {
  const script = `import { homeFrom } from './tools/services/home.mjs';
    import { tidyLogs } from './tools/services/log-files.mjs';
    tidyLogs(homeFrom(), Date.now(), { bytes: 1, days: 1000, files: 1000 });`;
  execFileSync(process.execPath, ['--input-type=module', '--eval', script], {
    env: { ...process.env, SANLING_HOME: services.SANLING_HOME },
  });
}

const names = () => readdirSync(folder);
const text = (name: string) => readFileSync(join(folder, name), 'utf8');
const aside = (log: string) => names().filter((name) => name.startsWith(`${log}.`));
const whole = (name: string) => text(name).endsWith('\n');

it('Redis goes on in a new file, and all that it said is in one of the two', async () => {
  const redis = new Redis(services.REDIS_URL);
  const written = 'AOF rewrite terminated with success';
  const count = () =>
    names()
      .filter((name) => name.startsWith('redis.log'))
      .reduce((sum, name) => sum + text(name).split(written).length - 1, 0);
  const before = count();
  const saysOnce = async (all: number) => {
    await redis.bgrewriteaof();
    await eventually(() => count() === all, { withinMs: 10_000, what: `it was said ${all} times` });
  };
  await saysOnce(before + 1);
  tidy();
  await saysOnce(before + 2);
  expect(text('redis.log').split(written)).toHaveLength(2);
  expect([...aside('redis.log'), 'redis.log'].every(whole)).toBe(true);
  redis.disconnect();
});

/** Asterisk's door writes this down. */
async function knock(): Promise<void> {
  const socket = connect(Number(services.ASTERISK_AMI_PORT), services.ASTERISK_AMI_HOST);
  socket.write('Action: Login\r\nUsername: nobody\r\nSecret: wrong\r\n\r\n');
  socket.resume();
  await once(socket, 'close');
}

it('Asterisk goes on in a new file with the next thing that it has to say', async () => {
  const log = 'asterisk-security.log';
  await knock();
  await eventually(() => names().includes(log) && text(log) !== '', { what: 'it is logged' });
  const before = aside(log).length;
  tidy();
  await knock();
  await eventually(() => aside(log).length > before, { what: 'the old file is put aside' });
  await knock();
  await eventually(() => names().includes(log) && text(log).includes('nobody'), {
    what: 'the new one is used',
  });
  expect(aside(log).every(whole)).toBe(true);
});

it('PostgreSQL begins a new file when it is asked to, and by itself each day', async () => {
  const client = new pg.Client({ connectionString: services.DATABASE_ADMIN_URL });
  await client.connect();
  const settings = await client.query<{ name: string; setting: string }>(
    `select name, setting from pg_settings where name in
      ('logging_collector', 'log_rotation_age', 'log_rotation_size', 'log_file_mode')`,
  );
  const found = Object.fromEntries(settings.rows.map(({ name, setting }) => [name, setting]));
  const { rows } = await client.query<{ file: string }>('select pg_current_logfile() as file');
  await client.end();
  expect(found).toEqual({
    logging_collector: 'on',
    log_rotation_age: '1440',
    log_rotation_size: '20000',
    log_file_mode: '0600',
  });
  const path = join(services.SANLING_HOME, 'postgres', rows[0]?.file ?? '');
  expect(path).toMatch(/\/log\/postgres-[\d_-]+\.log$/);
  expect(statSync(path).mode & 0o077).toBe(0);
});
