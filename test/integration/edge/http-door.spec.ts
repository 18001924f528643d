import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '../../support/eventually.js';
import { head, knock, manyTimes, open, upgrading } from '../../support/raw-http.js';
import { DoorsHouse } from './doors-house.js';

describe('http door', () => {
  let house: DoorsHouse;
  let url: string;
  beforeAll(async () => {
    house = await DoorsHouse.open();
    ({ url } = house.api);
  }, 60_000);
  afterEach(async () => {
    await house.isRid();
    await house.isWell();
  });
  afterAll(() => house?.[Symbol.asyncDispose]());

  const malformed = { status: 400, text: expect.stringContaining('"request.malformed"') };
  const unknown = { status: 404, text: expect.stringContaining('"request.not-found"') };
  const close = { Connection: 'close' };

  const badTargets = [
    '//',
    '///',
    '//evil.example/socket.io/',
    '/\\evil.example/sip',
    'http://x:99999/',
    'http://evil.example/api/health',
    'sip:801@sanling',
    '*',
    '/%',
    '/api/calls/%zz',
    '/api/calls/%ff',
    '/assets/%00',
    '/caf\u00e9',
    '/desk#here',
    `/${'x'.repeat(5_000)}`,
  ];

  describe('the target of a request', () => {
    it.each(badTargets.map((target) => [target.slice(0, 40), target]))(
      '%s is malformed, whoever asks for it',
      async (_, target) => {
        for (const headers of [close, upgrading]) {
          const asked = Buffer.from(head(`GET ${target} HTTP/1.1`, headers), 'latin1');
          expect((await knock(url, asked)).status).toBe(400);
        }
      },
    );

    it('is looked at many hundred times without harm', async () => {
      const answers = await manyTimes(300, () => knock(url, head('GET // HTTP/1.1', upgrading)));
      expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([400]));
    });

    it('is no other host: nothing is passed on', async () => {
      const { status } = await knock(url, head('CONNECT evil.example:443 HTTP/1.1'));
      expect(status).toBe(400);
      expect((await knock(url, head('OPTIONS * HTTP/1.1', close))).status).toBe(400);
    });

    it('comes with one Host, else it is malformed', async () => {
      const twice =
        'GET /api/health HTTP/1.1\r\nHost: a.example\r\nHost: b.example\r\nConnection: close\r\n\r\n';
      expect(await knock(url, twice)).toMatchObject(malformed);
      expect((await knock(url, 'GET /api/health HTTP/1.1\r\nConnection: close\r\n\r\n')).status).toBe(400);
    });

    it('may have anything after the question mark', async () => {
      const { status } = await knock(url, head('GET /api/health?%zz&=%ff&a[b]=//;c HTTP/1.1', close));
      expect(status).toBe(200);
    });
  });

  describe('an upgrade', () => {
    it.each([
      '/',
      '/socket.io',
      '/socket.iofoo',
      '/socket.io/foo',
      '/SOCKET.IO/',
      '/sipx',
      '/sip/',
      '/api/health',
    ])('of %s is refused and closed, many times over', async (path) => {
      const answers = await manyTimes(100, () => knock(url, head(`GET ${path} HTTP/1.1`, upgrading)));
      for (const one of answers) expect(one).toMatchObject(unknown);
    });

    it.each([
      ['another protocol', { Upgrade: 'h2c' }],
      ['an old version', { 'Sec-WebSocket-Version': '8' }],
      ['a key that is none', { 'Sec-WebSocket-Key': 'short' }],
      ['a protocol that is no word', { 'Sec-WebSocket-Protocol': 'sip,,sip' }],
    ])('to %s is malformed, for desks and softphones alike', async (_, header) => {
      for (const path of ['/sip', '/socket.io/?EIO=4&transport=websocket']) {
        const answer = await knock(url, head(`GET ${path} HTTP/1.1`, { ...upgrading, ...header }));
        expect(answer).toMatchObject(malformed);
      }
    });

    it('by another method is malformed', async () => {
      expect(await knock(url, head('POST /sip HTTP/1.1', upgrading))).toMatchObject(malformed);
    });

    it.each(['null', 'https://evil.example', 'https://a.example, https://b.example', '%'])(
      'asked for by a page of %s is refused',
      async (Origin) => {
        for (const path of ['/sip', '/socket.io/?EIO=4&transport=websocket']) {
          const answer = await knock(url, head(`GET ${path} HTTP/1.1`, { ...upgrading, Origin }));
          expect(answer).toMatchObject({ status: 403, text: expect.stringContaining('"session.origin"') });
        }
      },
    );

    it('with odd cookies is a stranger’s', async () => {
      for (const Cookie of [
        'sanling_session=%',
        '=;;=',
        '__proto__=1; sanling_session=\u00ff',
        'sanling_session',
      ])
        expect(
          (
            await knock(
              url,
              head('GET /sip HTTP/1.1', { ...upgrading, Cookie, 'Sec-WebSocket-Protocol': 'sip' }),
            )
          ).status,
        ).toBe(401);
    });
  });

  describe('a connection that comes to nothing', () => {
    it('is closed when its head does not come to an end', async () => {
      const server = house.api.app.getHttpServer();
      const before = server.headersTimeout;
      server.headersTimeout = 300;
      const halves = ['', 'GET ', 'GET /sip HTTP/1.1\r\nUpgrade: websocket\r\nX-Slow: '];
      const closed = await Promise.all(halves.map((half) => knock(url, half)));
      server.headersTimeout = before;
      expect(closed.map(({ status }) => status)).toEqual([408, 408, 408]);
      expect(before).toBeLessThanOrEqual(10_000);
    });

    it.each([
      ['says nothing', undefined],
      ['has no session', '40'],
    ])('is closed when it upgraded to a desk and %s', async (_, packet) => {
      const server = house.api.app.getHttpServer();
      const before = server.headersTimeout;
      server.headersTimeout = 300;
      const socket = open(url);
      const closed = new Promise((resolve) => socket.once('close', resolve));
      socket.write(head('GET /socket.io/?EIO=4&transport=websocket HTTP/1.1', upgrading));
      await eventually(() => socket.bytesRead > 0);
      server.headersTimeout = before;
      if (packet) socket.write(maskedText(packet));
      socket.resume();
      await closed;
    });
  });

  /** A frame of a WebSocket as clients send it, masked with zeros. */
  const maskedText = (text: string) =>
    Buffer.concat([Buffer.from([0x81, 0x80 | text.length, 0, 0, 0, 0]), Buffer.from(text)]);

  describe('an answer', () => {
    it('to HEAD is as to GET, without the body', async () => {
      for (const path of ['/api/health', '/api/openapi.json']) {
        const { status, text } = await knock(url, head(`HEAD ${path} HTTP/1.1`, close));
        expect(status).toBe(200);
        expect(text.endsWith('\r\n\r\n')).toBe(true);
      }
    });

    it.each(['/api/health', '/api/session', '/api/nothing', '/api/openapi.json', '/assets/gone.js'])(
      'of %s is kept by nobody',
      async (path) => {
        const { headers } = await house.api.read(path);
        expect(headers.get('cache-control')).toBe('no-store');
      },
    );
  });
});
