import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { fuzzed } from '../../support/fuzzed.js';
import { knock, upgrading } from '../../support/raw-http.js';
import { DoorsHouse } from './doors-house.js';

describe('upgrade fuzz', () => {
  let house: DoorsHouse;
  beforeAll(async () => {
    house = await DoorsHouse.open();
  }, 60_000);
  afterAll(() => house?.[Symbol.asyncDispose]());

  /** What parsers stumble over. */
  const odd = fc.constantFrom(
    '',
    '/',
    '//',
    '\\',
    '%',
    '%00',
    '%ff',
    '?',
    '#',
    '*',
    ':',
    '@',
    '[',
    ']',
    '..',
    '\t',
    ',',
    ';',
    '=',
    '"',
    '\u00ff',
    '\0',
    '\n',
    '\r',
    '__proto__',
    'null',
  );
  const noise = fc.string({ unit: 'binary', maxLength: 20 });
  const text = fc.array(fc.oneof(odd, noise), { maxLength: 4 }).map((parts) => parts.join(''));
  const mostly = <T>(usual: T, unusual: fc.Arbitrary<T>) =>
    fc.oneof({ weight: 3, arbitrary: fc.constant(usual) }, unusual);

  const target = fc.oneof(
    fc.constantFrom(
      '/sip',
      '/socket.io/?EIO=4&transport=websocket',
      '/socket.iofoo',
      '//',
      '*',
      'http://x:99999/',
      '/api/health',
    ),
    fc
      .tuple(fc.constantFrom('/', '/sip', '/socket.io/', '/api/calls/', '/assets/', 'http://', ''), text)
      .map((both) => both.join('')),
  );
  const header = fc.tuple(
    fc.constantFrom(
      'Host',
      'Origin',
      'Cookie',
      'Expect',
      'Content-Length',
      'Transfer-Encoding',
      'X-Forwarded-For',
      'Sec-WebSocket-Protocol',
      'Sec-WebSocket-Extensions',
      'Sec-Fetch-Site',
      'Accept-Encoding',
    ),
    fc.oneof(
      text,
      fc.constantFrom(
        'sip',
        'sip, sip',
        '100-continue',
        'chunked',
        'permessage-deflate; x="',
        'sanling_session=%ff',
      ),
    ),
  );
  /** A request's head, more or less, and what follows it. */
  const request = fc
    .record({
      method: mostly('GET', fc.constantFrom('POST', 'HEAD', 'OPTIONS', 'CONNECT', 'BREW', '')),
      target,
      version: mostly('HTTP/1.1', fc.constantFrom('HTTP/1.0', 'HTTP/2.0', 'HTTP/9', '')),
      connection: mostly('Upgrade', fc.constantFrom('close', 'keep-alive, Upgrade')),
      upgrade: mostly('websocket', text),
      key: mostly(upgrading['Sec-WebSocket-Key'], text),
      wsVersion: mostly('13', fc.constantFrom('8', '0', 'x')),
      headers: fc.array(header, { maxLength: 4 }),
      after: fc.oneof(fc.constant(''), text),
    })
    .map(({ method, target: to, version, connection, upgrade, key, wsVersion, headers, after }) =>
      [
        `${method} ${to} ${version}`,
        'Host: 127.0.0.1',
        `Connection: ${connection}`,
        `Upgrade: ${upgrade}`,
        `Sec-WebSocket-Key: ${key}`,
        `Sec-WebSocket-Version: ${wsVersion}`,
        ...headers.map(([name, value]) => `${name}: ${value}`),
        '',
        after,
      ].join('\r\n'),
    );

  // What a listener throws is nobody's: jest fails the test that runs. The seed is in the failure's message.
  it('whatever a stranger asks is answered or closed, and the house goes on', async () => {
    const server = house.api.app.getHttpServer();
    // Heads and bodies that do not come to an end.
    Object.assign(server, { headersTimeout: 200, requestTimeout: 400 });
    await fc.assert(
      fc.asyncProperty(fc.array(request, { minLength: 800, maxLength: 800 }), async (heads) => {
        const knocks = heads.map((head) =>
          knock(house.api.url, Buffer.from(head, 'latin1'), { hangsUp: true }),
        );
        await Promise.all(knocks);
      }),
      { ...fuzzed(3), endOnFailure: true },
    );
    await house.isRid();
    await house.isWell();
    expect(house.peer.reached).toBe(1);
  }, 60_000);
});
