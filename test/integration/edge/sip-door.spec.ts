import { once } from 'node:events';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { WebSocket } from 'ws';
import { eventually } from '../../support/eventually.js';
import { head, knock, manyTimes, open, upgrading } from '../../support/raw-http.js';
import { DoorsHouse } from './doors-house.js';

describe('sip door', () => {
  const mostInAll = 6;
  let house: DoorsHouse;
  let url: string;
  beforeAll(async () => {
    house = await DoorsHouse.open({ SANLING_SOFTPHONE_CONNECTIONS: String(mostInAll) });
    ({ url } = house.api);
  }, 60_000);
  afterEach(async () => {
    house.peer.silent = false;
    await house.isRid();
    await house.isWell();
  });
  afterAll(() => house?.[Symbol.asyncDispose]());

  const asked = (cookie: string, more: Record<string, string> = {}) =>
    head('GET /sip HTTP/1.1', { ...upgrading, 'Sec-WebSocket-Protocol': 'sip', Cookie: cookie, ...more });

  /** Somebody's softphone that waits for the engine. */
  function waits(cookie: string) {
    const socket = open(url);
    let heard = '';
    socket.setEncoding('latin1').on('data', (part) => {
      heard += part;
    });
    socket.write(asked(cookie));
    return { socket, status: () => /^HTTP\/1\.1 (\d{3})/.exec(heard)?.[1] };
  }

  describe('before the engine is reached', () => {
    it.each([
      ['key', { 'Sec-WebSocket-Key': 'AAAA' }],
      ['version', { 'Sec-WebSocket-Version': '12' }],
      ['upgrade', { Upgrade: 'websockets' }],
      ['protocol', { 'Sec-WebSocket-Protocol': 'sip, sip' }],
      ['origin', { Origin: 'https://evil.example' }],
    ])('the %s of the handshake is checked', async (_, more) => {
      const cookie = await house.api.signIn('802');
      const { reached } = house.peer;
      const answers = await manyTimes(100, () => knock(url, asked(cookie, more)));
      expect(answers.filter(({ status }) => status !== 400 && status !== 403)).toEqual([]);
      expect(house.peer.reached).toBe(reached);
    });
  });

  describe('while the engine is being reached', () => {
    it.each(['reset', 'half closed'] as const)(
      'a softphone that has %s leaves nothing there',
      async (how) => {
        house.peer.silent = true;
        const phone = waits(await house.api.signIn('802'));
        await eventually(() => house.peer.open === 2);
        if (how === 'reset') phone.socket.resetAndDestroy();
        else phone.socket.end();
        // Far sooner than the engine's own patience.
        await eventually(() => house.peer.open === 1, { withinMs: 2_000 });
        await eventually(() => phone.socket.destroyed);
      },
    );

    it('a softphone whose session ends is not let in after all', async () => {
      house.peer.silent = true;
      const cookie = await house.api.signIn('802');
      const phone = waits(cookie);
      await eventually(() => house.peer.open === 2);
      expect((await house.api.ask('DELETE', '/api/session', { cookie })).status).toBe(204);
      house.peer.goesOn();
      await eventually(() => phone.status() === '401', { what: 'it is told that its session has ended' });
      await eventually(() => house.peer.open === 1);
    });

    it('each that waits counts for its holder', async () => {
      house.peer.silent = true;
      const cookie = await house.api.signIn('802');
      const phones = Array.from({ length: 12 }, () => waits(cookie));
      await eventually(() => phones.filter((phone) => phone.status() === '429').length === 8);
      expect(house.peer.open).toBe(1 + 4);
      for (const { socket } of phones) socket.destroy();
    });

    it('and for the house, whose health tells when there is no room left', async () => {
      house.peer.silent = true;
      const phones: ReturnType<typeof waits>[] = [];
      for (const login of ['802', '802', '802', '803', '803', '803', '803'])
        phones.push(waits(await house.api.signIn(login)));
      await eventually(() => phones.filter((phone) => phone.status() === '503').length === 2);
      expect(house.peer.open).toBe(mostInAll);
      expect((await house.api.read('/api/health')).body).toMatchObject({
        status: 'failing',
        checks: { signalling: { status: 'down' } },
      });
      for (const { socket } of phones) socket.destroy();
    });
  });

  describe('a softphone that is let in', () => {
    it('has room again when another has gone', async () => {
      const cookie = await house.api.signIn('802');
      for (let round = 0; round < 10; round += 1) {
        const phone = new WebSocket(`${url.replace('http', 'ws')}/sip`, 'sip', { headers: { cookie } });
        await once(phone, 'open');
        phone.terminate();
        await eventually(() => house.peer.open === 1);
      }
    });
  });
});
