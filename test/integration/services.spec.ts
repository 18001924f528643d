import { statSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { Redis } from 'ioredis';
import pg from 'pg';
import { openToOthers } from '../support/open-to-others.js';
import { freshDatabase, freshRedis, useServices } from '../support/services.js';

/** What every other suite here stands on. */
describe('the servers under test', () => {
  it('gives each suite a database of its own and drops it', async () => {
    const [one, other] = await Promise.all([freshDatabase(), freshDatabase()]);
    const client = new pg.Client({ connectionString: one.url });
    await client.connect();
    await client.query('create table only_here (id int)');
    await client.end();
    const second = new pg.Client({ connectionString: other.url });
    await second.connect();
    const { rows } = await second.query("select to_regclass('only_here') as found, version() as version");
    await second.end();
    await Promise.all([one.drop(), other.drop()]);
    expect(rows[0].found).toBeNull();
    expect(rows[0].version).toMatch(/^PostgreSQL 1[6-9]/);
    const gone = new pg.Client({ connectionString: one.url });
    await expect(gone.connect()).rejects.toThrow(/does not exist/);
  });

  it('sorts and stores Chinese text as given', async () => {
    await using database = await freshDatabase();
    const client = new pg.Client({ connectionString: database.url });
    await client.connect();
    const { rows } = await client.query("select '三铃' as name, length('三铃') as letters");
    await client.end();
    expect(rows[0]).toEqual({ name: '三铃', letters: 2 });
  });

  it('gives each suite a Redis database of its own', async () => {
    const [one, other] = await Promise.all([freshRedis(), freshRedis()]);
    const [first, second] = [new Redis(one), new Redis(other)];
    await first.set('only-here', '1');
    const found = await second.get('only-here');
    first.disconnect();
    second.disconnect();
    expect(found).toBeNull();
  });

  it('leaves nothing in its home that another user of the machine may read', async () => {
    const { SANLING_HOME } = useServices();
    expect(statSync(SANLING_HOME).mode & 0o066).toBe(0);
    expect(openToOthers(SANLING_HOME)).toEqual([]);
  });

  it('has every module of Asterisk the product relies on', async () => {
    const { ASTERISK_HTTP_URL, ASTERISK_ARI_USER, ASTERISK_ARI_PASSWORD } = useServices();
    const authorization = `Basic ${btoa(`${ASTERISK_ARI_USER}:${ASTERISK_ARI_PASSWORD}`)}`;
    const reply = await fetch(`${ASTERISK_HTTP_URL}/ari/asterisk/modules`, { headers: { authorization } });
    const modules = (await reply.json()) as { name: string; status: string }[];
    const running = modules
      .filter(({ status }) => status === 'Running')
      .map(({ name }) => name.replace('.so', ''));
    const needed =
      'app_mixmonitor bridge_holding bridge_simple bridge_softmix chan_pjsip chan_websocket format_sln format_wav func_talkdetect';
    const more =
      'res_ari_events res_musiconhold res_pjsip_transport_websocket res_srtp res_stasis_recording res_stasis_snoop';
    expect(running).toEqual(expect.arrayContaining(`${needed} ${more}`.split(' ')));
    expect(running.filter((name) => name.startsWith('codec_opus'))).toHaveLength(1);
    expect(running).not.toContain('res_pjsip_refer');
  });
});
