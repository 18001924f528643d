import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { healthSchema } from '../../../src/contracts/rest.js';
import { HealthChecks } from '../../../src/platform/health/health-checks.js';
import { RedisConnections } from '../../../src/platform/redis/redis-connections.js';
import { TelephonyEngine } from '../../../src/telephony/port/engine.js';
import { Api } from '../../support/api.js';
import { demoPassword } from '../../support/api-client.js';
import { eventually } from '../../support/eventually.js';

describe('http', () => {
  let api: Api;
  let clientFolder: string;
  const script = 'export const rings = 3;';
  const page = '<!doctype html><title>三铃</title>';

  beforeAll(async () => {
    clientFolder = await mkdtemp(join(tmpdir(), 'sanling-client-'));
    await mkdir(join(clientFolder, 'assets'));
    await writeFile(join(clientFolder, 'index.html'), page);
    await writeFile(join(clientFolder, 'assets', 'desk-3f9a.js'), script);
    await writeFile(join(clientFolder, 'assets', 'desk-3f9a.js.br'), brotliCompressSync(script));
    await writeFile(join(clientFolder, 'assets', 'desk-3f9a.js.gz'), gzipSync(script));
    api = await Api.start({ clientFolder });
  }, 60_000);
  afterAll(async () => {
    await api?.stop();
    await rm(clientFolder, { recursive: true });
  });

  const html = { accept: 'text/html,application/xhtml+xml' };

  describe('the client', () => {
    it.each(['/', '/desk', '/quality/handlings/7', '/phone'])(
      '%s opens the page, never cached',
      async (path) => {
        const { status, headers, body } = await api.read(path, { headers: html });
        expect(status).toBe(200);
        expect(body).toBe(page);
        expect(headers.get('cache-control')).toBe('no-cache');
      },
    );

    it('answers HEAD as GET, without the page', async () => {
      const got = await api.read('/', { headers: html });
      const { status, headers, body } = await api.ask('HEAD', '/', { headers: html });
      expect({ status, body }).toEqual({ status: 200, body: '' });
      for (const name of ['content-type', 'content-length', 'cache-control', 'etag'])
        expect([name, headers.get(name)]).toEqual([name, got.headers.get(name)]);
    });

    it.each([
      ['gzip, deflate, br', 'br'],
      ['gzip, deflate', 'gzip'],
      ['identity', null],
    ])('comes in the smallest form that "%s" takes, and reads the same', async (accepted, encoding) => {
      const { headers, body } = await api.read('/assets/desk-3f9a.js', {
        headers: { 'accept-encoding': accepted },
      });
      expect(headers.get('content-encoding')).toBe(encoding);
      expect(headers.get('content-type')).toContain('javascript');
      expect(headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
      expect(headers.get('vary')).toMatch(/accept-encoding/i);
      expect(body).toBe(script);
    });

    it('has its hashed files kept for ever', async () => {
      const { status, headers } = await api.read('/assets/desk-3f9a.js');
      expect(status).toBe(200);
      expect(headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    });

    it.each(['/assets/gone-1234.js', '/api/nothing', '/assets/..%2f..%2fpackage.json'])(
      '%s is not the page',
      async (path) => {
        const { status, body } = await api.read(path, { headers: html });
        expect(status).toBe(404);
        expect(body).toEqual({ code: 'request.not-found', details: {} });
      },
    );

    it('may load from here only', async () => {
      const { headers } = await api.read('/', { headers: html });
      expect(headers.get('content-security-policy')).toContain("default-src 'self'");
      expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
      expect(headers.get('permissions-policy')).toContain('microphone=(self)');
      expect(headers.get('x-powered-by')).toBeNull();
    });
  });

  describe('a request', () => {
    const body = { login: '801', password: demoPassword };

    it.each(['https://evil.example', 'null', 'http://127.0.0.1:1'])(
      'that a page of %s makes changes nothing',
      async (origin) => {
        const {
          status,
          headers,
          body: answer,
        } = await api.post('/api/session', { body, headers: { origin } });
        expect(status).toBe(403);
        expect(answer).toMatchObject({ code: 'session.origin' });
        expect(headers.get('set-cookie')).toBeNull();
      },
    );

    it('of our own page is served', async () => {
      expect(await api.post('/api/session', { body, headers: { origin: api.url } })).toMatchObject({
        status: 201,
      });
    });

    it('that is too large is refused', async () => {
      const { status, body: answer } = await api.post('/api/session', {
        body: { login: '801', password: 'x'.repeat(1_000_000) },
      });
      expect(status).toBe(413);
      expect(answer).toMatchObject({ code: 'request.too-large' });
    });

    it.each(['{"login":', '"a string"', '[]', '\u0000'])('with the body %j is malformed', async (text) => {
      const { status, body: answer } = await api.post('/api/session', { body: text });
      expect(status).toBe(400);
      expect(answer).toMatchObject({ code: 'request.malformed' });
    });
  });

  describe('health', () => {
    it('is good when every part is up', async () => {
      const { status, body } = await api.read('/api/health');
      expect(status).toBe(200);
      expect(healthSchema.parse(body)).toMatchObject({
        status: 'ok',
        checks: {
          database: { status: 'up', detail: expect.stringContaining('PostgreSQL') },
          redis: { status: 'up', detail: expect.stringContaining('Redis') },
          telephony: { status: 'up' },
        },
      });
    });

    it('fails while the telephony engine is away, and recovers', async () => {
      const engine = api.get(TelephonyEngine);
      await engine.stop();
      const { status, body } = await api.read('/api/health');
      expect(status).toBe(503);
      expect(healthSchema.parse(body)).toMatchObject({
        status: 'failing',
        checks: { database: { status: 'up' }, telephony: { status: 'down' } },
      });
      await engine.start();
      await eventually(async () => (await api.read('/api/health')).status === 200);
    });

    it('names what runs short and goes on, and fails when it is as good as gone', async () => {
      const checks = api.get(HealthChecks);
      const used = { used: 900, most: 1_000 };
      checks.watch('descriptors', async () => used);
      expect(await api.read('/api/health')).toMatchObject({
        status: 200,
        body: { status: 'degraded', checks: { descriptors: { status: 'short', detail: 'running short' } } },
      });
      used.used = 990;
      expect(await api.read('/api/health')).toMatchObject({
        status: 503,
        body: { status: 'failing', checks: { descriptors: { status: 'down' }, disk: { status: 'up' } } },
      });
      used.used = 0;
      expect((await api.read('/api/health')).body).toMatchObject({ status: 'ok' });
    });

    it('tells strangers no version, address or figure', async () => {
      const checks = api.get(HealthChecks);
      const { shared } = api.get(RedisConnections);
      const away = jest
        .spyOn(shared, 'info')
        .mockRejectedValue(new Error('connect ECONNREFUSED 10.1.2.3:6379'));
      checks.watch('descriptors', async () => ({ used: 901, most: 1_000 }));
      const { body } = await api.read('/api/health');
      away.mockRestore();
      checks.watch('descriptors', async () => ({ used: 0, most: 1_000 }));
      expect(body).toMatchObject({ checks: { redis: { status: 'down' } } });
      expect(JSON.stringify(body)).not.toMatch(/\d/);
    });

    it('does not wait for a part that hangs', async () => {
      const { shared } = api.get(RedisConnections);
      const hang = jest.spyOn(shared, 'info').mockReturnValue(new Promise<string>(() => {}));
      const { status, body } = await api.read('/api/health');
      expect(status).toBe(503);
      expect(body).toMatchObject({
        checks: { redis: { status: 'down', detail: 'no answer within 2000 ms' } },
      });
      hang.mockRestore();
    });
  });

  describe('an answer that is read', () => {
    it('comes smaller to whoever takes it, one to a change as it is', async () => {
      const headers = { 'accept-encoding': 'gzip' };
      const { headers: read } = await api.read('/api/openapi.json', { headers });
      expect(read.get('content-encoding')).toBe('gzip');
      const malformed = { notes: Object.fromEntries(Array.from({ length: 30 }, (_, n) => [`${n}`, 1])) };
      const { headers: changed } = await api.post('/api/session', { body: malformed, headers });
      expect(changed.get('content-encoding')).toBeNull();
    });
  });

  describe('the description of the API', () => {
    it('lists every route with what it takes and answers', async () => {
      const { status, body } = await api.read('/api/openapi.json');
      expect(status).toBe(200);
      const described = pathsOf(body);
      expect(described).toEqual(routesOf(api));
      expect(described.length).toBeGreaterThan(10);
      expect(body).toMatchObject({
        openapi: expect.stringMatching(/^3\./),
        paths: {
          '/api/session': {
            post: {
              requestBody: {
                content: { 'application/json': { schema: { required: ['login', 'password'] } } },
              },
            },
          },
          '/api/health': { get: { summary: expect.stringContaining('503') } },
        },
      });
      expect(missingSummaries(body)).toEqual([]);
    });
  });

  type Paths = Record<string, Record<string, { summary?: string }>>;

  function pathsIn(document: unknown): Paths {
    return (document as { paths: Paths }).paths;
  }

  function pathsOf(document: unknown): string[] {
    return Object.entries(pathsIn(document))
      .flatMap(([path, methods]) => Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`))
      .sort();
  }

  function missingSummaries(document: unknown): string[] {
    return Object.entries(pathsIn(document))
      .filter(([, methods]) => Object.values(methods).some((method) => !method.summary))
      .map(([path]) => path);
  }

  interface Layer {
    route?: { path: string; methods: Record<string, boolean> };
  }

  /** What Express itself would answer. */
  function routesOf({ app }: Api): string[] {
    const { router } = app.getHttpAdapter().getInstance() as { router: { stack: Layer[] } };
    const routes = router.stack.flatMap(({ route }) =>
      Object.keys(route?.methods ?? {}).map(
        (method) => `${method.toUpperCase()} ${route?.path.replace(/:(\w+)/g, '{$1}')}`,
      ),
    );
    return [...new Set(routes)].sort();
  }
});
