import { randomBytes } from 'node:crypto';
import { Redis } from 'ioredis';
import pg from 'pg';

const NAMES = [
  'SANLING_HOME',
  'DATABASE_URL',
  'DATABASE_ADMIN_URL',
  'REDIS_URL',
  'ASTERISK_HTTP_URL',
  'ASTERISK_SIP_WS_URL',
  'ASTERISK_ARI_USER',
  'ASTERISK_ARI_PASSWORD',
  'ASTERISK_AMI_HOST',
  'ASTERISK_AMI_PORT',
  'ASTERISK_AMI_USER',
  'ASTERISK_AMI_PASSWORD',
  'ASTERISK_SPOOL',
  'ASTERISK_SOUNDS',
  'SIP_TRUNK_PORT',
  'SIP_TRUNK_PEERS',
  'SANLING_SECRET',
  'SANLING_DEMO_PASSWORD',
] as const;

export type Services = Readonly<Record<(typeof NAMES)[number], string>>;

/** Redis database 0 counts the ones handed out; the server has this many. */
const REDIS_DATABASES = 1024;

/** The settings of the running servers, as the global set-up left them. */
export function useServices(): Services {
  const entries = NAMES.map((name) => {
    const value = process.env[name];
    if (!value)
      throw new Error(`${name} is not set: is this suite in a jest project with the services' set-up?`);
    return [name, value] as const;
  });
  return Object.fromEntries(entries) as Services;
}

export interface FreshDatabase extends AsyncDisposable {
  readonly url: string;
  readonly name: string;
  drop(): Promise<void>;
}

/**
 * A database of the test's own on the running server, owned by the role that the product signs in with: empty, or a copy.
 * Drop it in `afterAll`.
 */
export async function freshDatabase(copyOf = 'template1'): Promise<FreshDatabase> {
  const name = `test_${process.pid}_${randomBytes(6).toString('hex')}`;
  const url = new URL(useServices().DATABASE_URL);
  await onServer(`create database ${name} owner ${url.username} template ${copyOf}`);
  url.pathname = `/${name}`;
  const drop = () => onServer(`drop database if exists ${name} with (force)`);
  return { url: url.toString(), name, drop, [Symbol.asyncDispose]: drop };
}

async function onServer(sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: useServices().DATABASE_ADMIN_URL });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

/** The address of an empty Redis database that no other running test uses. */
export async function freshRedis(): Promise<string> {
  const { REDIS_URL } = useServices();
  const counter = new Redis(REDIS_URL, { db: 0, lazyConnect: true });
  await counter.connect();
  try {
    const database = 1 + ((await counter.incr('test-databases')) % (REDIS_DATABASES - 1));
    await counter.select(database);
    await counter.flushdb();
    const url = new URL(REDIS_URL);
    url.pathname = `/${database}`;
    return url.toString();
  } finally {
    counter.disconnect();
  }
}
