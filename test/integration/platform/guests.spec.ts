import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { WebSocket, WebSocketServer } from 'ws';
import { type GuestAccount, guestAccountSchema } from '../../../src/contracts/softphone.js';
import { Guests } from '../../../src/guests/guests.js';
import { SystemClock } from '../../../src/kernel/clock.js';
import { TelephonyEngine } from '../../../src/telephony/port/engine.js';
import { Api } from '../../support/api.js';
import { eventually } from '../../support/eventually.js';

describe('guests', () => {
  /** Real time that a test can shift: timers keep their own pace, so that nothing else is set off. */
  class ShiftedClock extends SystemClock {
    shiftMs = 0;
    override now(): number {
      return super.now() + this.shiftMs;
    }
  }

  let api: Api;
  let clock: ShiftedClock;
  let signalling: WebSocketServer;

  beforeAll(async () => {
    signalling = new WebSocketServer({ host: '127.0.0.1', port: 0, handleProtocols: () => 'sip' });
    await once(signalling, 'listening');
  });
  afterAll(() => signalling.close());
  beforeEach(async () => {
    clock = new ShiftedClock();
    api = await Api.start({
      clock,
      settings: {
        SANLING_TRUSTED_PROXIES: 'loopback',
        SANLING_GUESTS_AT_ONCE: '12',
        ASTERISK_SIP_WS_URL: `ws://127.0.0.1:${(signalling.address() as AddressInfo).port}`,
      },
    });
  }, 60_000);
  afterEach(() => api.stop());

  const ask = (address = '203.0.113.1') =>
    api.post('/api/guest', { headers: { 'x-forwarded-for': address } });
  const open = async (): Promise<GuestAccount> => guestAccountSchema.parse((await ask()).body);
  const has = (account: GuestAccount) => api.exchange.accounts.has(account.deviceId);

  async function pass(ms: number): Promise<void> {
    clock.shiftMs += ms;
    await api.get(Guests).sweep();
  }

  describe('a guest', () => {
    it('gets an account that may call the service number and nothing else', async () => {
      const account = await open();
      expect(account).toMatchObject({
        deviceId: expect.stringMatching(/^guest-[0-9a-f]{18}$/),
        uri: `sip:${account.deviceId}@sanling`,
        serviceNumber: '8000',
      });
      expect(Buffer.from(account.secret, 'base64url').length).toBeGreaterThanOrEqual(16);
      expect(api.exchange.accounts.get(account.deviceId)).toMatchObject({
        secret: account.secret,
        mayDial: ['8000'],
      });
    });

    it('may ask ten times in ten minutes from one address', async () => {
      for (let count = 0; count < 10; count += 1) expect(await ask()).toMatchObject({ status: 201 });
      expect(await ask()).toMatchObject({ status: 429, body: { code: 'guest.too-many' } });
      expect(await ask('203.0.113.2')).toMatchObject({ status: 201 });
    });

    it('is one of a limited number', async () => {
      for (let count = 0; count < 12; count += 1) await ask(`198.51.100.${count}`);
      expect(await ask('198.51.100.77')).toMatchObject({ status: 429, body: { code: 'guest.too-many' } });
      await pass(31_000);
      expect(await ask('198.51.100.77')).toMatchObject({ status: 201 });
    });

    it('whose page never connects is forgotten soon', async () => {
      const account = await open();
      await pass(29_000);
      expect(has(account)).toBe(true);
      await pass(2_000);
      expect(has(account)).toBe(false);
    });

    it('keeps the account while the page is connected, for half a minute after, and half an hour at most', async () => {
      const account = await open();
      const url = `${api.url.replace('http', 'ws')}${account.socketPath}`;
      const page = new WebSocket(url, 'sip');
      await once(page, 'open');
      await pass(20 * 60_000);
      expect(has(account)).toBe(true);
      const next = new WebSocket(url, 'sip');
      await once(next, 'open');
      page.terminate();
      await eventually(() => signalling.clients.size === 1);
      await pass(60_000);
      expect(has(account)).toBe(true);
      next.terminate();
      await eventually(() => signalling.clients.size === 0);
      await pass(20_000);
      expect(has(account)).toBe(true);
      await eventually(async () => {
        await pass(11_000);
        return !has(account);
      });
    });

    it('loses the account after half an hour though the page stays', async () => {
      const account = await open();
      const page = new WebSocket(`${api.url.replace('http', 'ws')}${account.socketPath}`, 'sip');
      await once(page, 'open');
      await pass(30 * 60_000 + 1_000);
      expect(has(account)).toBe(false);
      page.terminate();
    });

    it('is told to an engine that restarted and forgot', async () => {
      const account = await open();
      const engine = api.get(TelephonyEngine);
      await engine.stop();
      api.exchange.accounts.clear();
      await engine.start();
      await eventually(() => has(account));
    });

    it('is told to try again while the engine is away, and takes no place', async () => {
      const engine = api.get(TelephonyEngine);
      await engine.stop();
      expect(await ask()).toMatchObject({ status: 503, body: { code: 'engine.unavailable' } });
      await engine.start();
      for (let count = 0; count < 12; count += 1) {
        expect(await ask(`198.51.100.${count}`)).toMatchObject({ status: 201 });
      }
    });
  });
});
