import { afterAll, describe, expect, it } from '@jest/globals';
import { Redis } from 'ioredis';
import pg from 'pg';
import { askAsterisk } from '../support/phones/asterisk-rest.js';
import { freshRedis, useServices } from '../support/services.js';
import { OwnServers } from './support/own-servers.js';

/** What every other suite here stands on. */
describe('servers to be killed', () => {
  const servers = new OwnServers();
  afterAll(() => servers.thaw());

  it('come back where they were, with what they had', async () => {
    const services = useServices();
    const redisUrl = await freshRedis();
    const before = new Redis(redisUrl);
    await before.set('kept', 'yes');
    before.disconnect();
    for (const server of ['redis', 'postgres', 'asterisk'] as const) await servers.kill(server);
    await expect(ask(services.DATABASE_URL, 1_000)).rejects.toThrow();
    await servers.start();
    const after = new Redis(redisUrl);
    expect(await after.ping()).toBe('PONG');
    after.disconnect();
    expect(await ask(services.DATABASE_URL, 5_000)).toBe(1);
    expect(await askAsterisk(services, 'GET', 'channels')).toEqual([]);
  }, 60_000);

  it('can be frozen, which nobody is told of', async () => {
    const { DATABASE_URL } = useServices();
    servers.freeze('postgres');
    await expect(ask(DATABASE_URL, 500)).rejects.toThrow(/timeout/);
    servers.thaw();
    expect(await ask(DATABASE_URL, 5_000)).toBe(1);
  });
});

async function ask(url: string, withinMs: number): Promise<number> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: withinMs });
  try {
    await client.connect();
    return (await client.query<{ one: number }>('select 1 as one')).rows[0]?.one ?? 0;
  } finally {
    // One that never connected cannot say goodbye.
    client.end().catch(() => undefined);
  }
}
