import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DataSource } from 'typeorm';
import { Api } from '../support/api.js';
import { demoPassword } from '../support/api-client.js';

describe('identity', () => {
  let api: Api;
  let database: DataSource;

  beforeAll(async () => {
    api = await Api.start({ settings: { SANLING_TRUSTED_PROXIES: 'loopback' } });
    database = api.get(DataSource);
  }, 60_000);
  afterAll(() => api?.stop());

  /** Moves every session into the past, which is the same as time passing. */
  const pass = (hours: number) =>
    database.query(
      `update sessions set opened_at = opened_at - i, used_at = used_at - i, expires_at = expires_at - i,
       ends_at = ends_at - i from (select make_interval(secs => $1) as i) by`,
      [hours * 3_600],
    );

  const login = (name: string, password: string, headers: Record<string, string> = {}) =>
    api.post('/api/session', { body: { login: name, password }, headers });

  describe('sign-in', () => {
    it('opens a session that only a cookie of this site carries', async () => {
      const { status, headers, body } = await login('801', demoPassword);
      expect(status).toBe(201);
      expect(headers.get('set-cookie')).toMatch(/^sanling_session=[\w-]{43}; .*HttpOnly.*SameSite=Strict/i);
      expect(headers.get('set-cookie')).not.toMatch(/secure/i);
      expect(body).toMatchObject({
        person: { login: '801', name: '陈静怡', role: 'agent', agentNumber: '801' },
      });
      expect(JSON.stringify(body)).not.toContain('argon2');
    });

    it('marks the cookie Secure when a trusted proxy ended TLS', async () => {
      const { headers } = await login('lead', demoPassword, { 'x-forwarded-proto': 'https' });
      expect(headers.get('set-cookie')).toMatch(/; Secure/i);
    });

    it('answers an unknown login exactly as a wrong password', async () => {
      const wrong = await login('802', 'not it');
      const unknown = await login('nobody', 'not it');
      expect(wrong).toMatchObject({ status: 401, body: { code: 'session.wrong-credentials', details: {} } });
      expect(unknown.body).toEqual(wrong.body);
      expect(unknown.status).toBe(wrong.status);
      expect(unknown.headers.get('set-cookie')).toBeNull();
    });

    it('stops somebody who keeps guessing from one address, and nobody else', async () => {
      const guess = (password: string, address: string) =>
        login('804', password, { 'x-forwarded-for': address });
      for (let tries = 0; tries < 8; tries += 1) {
        expect(await guess('wrong', '203.0.113.9')).toMatchObject({ status: 401 });
      }
      expect(await guess(demoPassword, '203.0.113.9')).toMatchObject({
        status: 429,
        body: { code: 'request.too-many', details: { retryAfterSeconds: expect.any(Number) } },
      });
      expect(await guess(demoPassword, '203.0.113.10')).toMatchObject({ status: 201 });
    });

    it('does not count sign-ins that succeed', async () => {
      for (let tries = 0; tries < 12; tries += 1) {
        expect(await login('805', demoPassword)).toMatchObject({ status: 201 });
      }
    });

    it.each([
      [{ login: '801' }, 'password'],
      [{ login: '801', password: demoPassword, role: 'supervisor' }, ''],
      [{ login: ['801'], password: demoPassword }, 'login'],
    ])('refuses %j and names the place', async (body, path) => {
      expect(await api.post('/api/session', { body })).toMatchObject({
        status: 400,
        body: { code: 'request.malformed', details: { issues: [{ path }] } },
      });
    });
  });

  describe('a session', () => {
    it('says who is signed in and what they may do', async () => {
      const cookie = await api.signIn('inspector');
      const { status, body } = await api.read('/api/session', { cookie });
      expect(status).toBe(200);
      expect(body).toMatchObject({ person: { login: 'inspector', role: 'inspector' } });
      expect(body).toMatchObject({ permissions: expect.arrayContaining(['quality.evaluate']) });
      expect(body).not.toMatchObject({ permissions: expect.arrayContaining(['policy.write']) });
    });

    it('is needed', async () => {
      const none = { status: 401, body: { code: 'session.none' } };
      expect(await api.read('/api/session')).toMatchObject(none);
      expect(await api.read('/api/session', { cookie: 'sanling_session=made-up' })).toMatchObject(none);
      expect(await api.read('/api/metrics')).toMatchObject(none);
    });

    it('of the wrong role is refused', async () => {
      const agent = await api.read('/api/metrics', { cookie: await api.signIn('801') });
      expect(agent).toMatchObject({ status: 403, body: { code: 'permission.denied' } });
      const supervisor = await api.read('/api/metrics', { cookie: await api.signIn('supervisor') });
      expect(supervisor.status).toBe(200);
      expect(supervisor.body).toContain('process_cpu_seconds_total');
    });

    it('ends at sign-out', async () => {
      const cookie = await api.signIn('trainer');
      const out = await api.ask('DELETE', '/api/session', { cookie });
      expect(out.status).toBe(204);
      expect(out.headers.get('set-cookie')).toMatch(/^sanling_session=;.*Expires=Thu, 01 Jan 1970/);
      expect(await api.read('/api/session', { cookie })).toMatchObject({
        status: 401,
        body: { code: 'session.expired' },
      });
    });

    it('slides on with use, ends after twelve idle hours, and after a day in any case', async () => {
      const cookie = await api.signIn('lead');
      const idle = await api.signIn('lead');
      const ask = (which: string) => api.read('/api/session', { cookie: which });
      await pass(11);
      expect(await ask(cookie)).toMatchObject({ status: 200 });
      await pass(2);
      expect(await ask(cookie)).toMatchObject({ status: 200 });
      expect(await ask(idle)).toMatchObject({ status: 401, body: { code: 'session.expired' } });
      await pass(10);
      expect(await ask(cookie)).toMatchObject({ status: 200 });
      await pass(1.1);
      expect(await ask(cookie)).toMatchObject({ status: 401, body: { code: 'session.expired' } });
    });

    it('is not found in the database by whoever reads it there', async () => {
      const cookie = await api.signIn('lead');
      const token = cookie.split('=')[1] ?? '';
      const found: unknown[] = await database.query(
        `select 1 from sessions where encode(token_hash, 'escape') like '%' || $1 || '%'`,
        [token],
      );
      expect(token).toHaveLength(43);
      expect(found).toEqual([]);
    });
  });

  describe('the audit log', () => {
    it('holds who signed in and who was refused, without passwords', async () => {
      await login('806', 'a guess to find');
      await api.signIn('806');
      const rows: { action: string }[] = await database.query(
        `select action, details from audit_log where actor_login = '806' order by id`,
      );
      expect(rows.map((row) => row.action)).toEqual(['session.refused', 'session.opened']);
      expect(JSON.stringify(rows)).not.toContain('a guess');
    });

    it.each(['update audit_log set action = action', 'delete from audit_log', 'truncate audit_log'])(
      'refuses to change: %s',
      async (statement) => {
        await expect(database.query(statement)).rejects.toThrow('append-only');
      },
    );
  });

  it('a second process of the same house makes nobody twice', async () => {
    await using beside = await Api.start({ beside: api });
    expect(beside.url).not.toBe(api.url);
    const [{ count }] = await database.query('select count(*)::int as count from people');
    expect(count).toBe(10);
  });
});
