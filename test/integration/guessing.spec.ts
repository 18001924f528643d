import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { People } from '../../src/identity/people.js';
import { Api } from '../support/api.js';
import { type Answer, demoPassword } from '../support/api-client.js';

describe('guessing', () => {
  /** Addresses are told by a proxy in front, which the test plays. */
  let api: Api;
  beforeAll(async () => {
    const settings = {
      SANLING_TRUSTED_PROXIES: 'loopback',
      SANLING_SIGN_IN_TRIES: '3',
      SANLING_SIGN_IN_TRIES_PER_LOGIN: '6',
      SANLING_SIGN_IN_TRIES_PER_ADDRESS: '5',
      SANLING_PASSWORD_CHECKS_WAITING: '6',
    };
    api = await Api.start({ settings });
  }, 60_000);
  afterAll(() => api?.stop());

  interface From {
    address: string;
    device?: string;
  }
  const signIn = (login: string, password: string, { address, device }: From) =>
    api.post('/api/session', {
      body: { login, password },
      headers: { 'x-forwarded-for': address },
      ...(device !== undefined && { cookie: device }),
    });
  const deviceOf = ({ headers }: Answer) =>
    headers
      .getSetCookie()
      .map((cookie) => cookie.split(';')[0] ?? '')
      .find((cookie) => cookie.startsWith('sanling_device='));

  /** Signs in at a place that is new, which is known from then on. */
  async function knownDeviceOf(login: string, address: string): Promise<string> {
    const device = deviceOf(await signIn(login, demoPassword, { address }));
    if (device === undefined) throw new Error('no device cookie');
    return device;
  }
  const wait = {
    status: 429,
    body: { code: 'request.too-many', details: { retryAfterSeconds: expect.any(Number) } },
  };

  describe('an address from which many guesses come', () => {
    const address = '203.0.113.1';

    it('slows down who guesses; the colleague behind it who has the right password comes in', async () => {
      for (let n = 0; n < 5; n += 1)
        expect(await signIn(`nobody-${n}`, 'wrong', { address })).toMatchObject({ status: 401 });
      for (let n = 5; n < 12; n += 1)
        expect(await signIn(`nobody-${n}`, 'wrong', { address })).toMatchObject(wait);
      expect(await signIn('801', demoPassword, { address })).toMatchObject({ status: 201 });
      expect(await signIn('802', 'mistyped', { address })).toMatchObject(wait);
      expect(await signIn('802', demoPassword, { address })).toMatchObject({ status: 201 });
    });

    it('is the whole /64 of an IPv6 address', async () => {
      for (let n = 0; n < 5; n += 1)
        await signIn(`nobody-${n}`, 'wrong', { address: `2001:db8:0:1::${n + 1}` });
      expect(await signIn('nobody-5', 'wrong', { address: '2001:db8:0:1:ffff::1' })).toMatchObject(wait);
      expect(await signIn('nobody-5', 'wrong', { address: '2001:db8:0:2::1' })).toMatchObject({
        status: 401,
      });
    });
  });

  describe('a login that is guessed at from many places', () => {
    it('is shut to places where it is not known, and never to its own', async () => {
      const home = await knownDeviceOf('803', '198.51.100.1');
      for (let n = 0; n < 6; n += 1)
        expect(await signIn('803', `guess ${n}`, { address: `203.0.113.${20 + n}` })).toMatchObject({
          status: 401,
        });
      expect(await signIn('803', demoPassword, { address: '203.0.113.40' })).toMatchObject(wait);
      const again = await signIn('803', demoPassword, { address: '203.0.113.41', device: home });
      expect(again).toMatchObject({ status: 201 });
      // Nobody else is kept out, nor is a device of another's of any use.
      expect(await signIn('804', demoPassword, { address: '203.0.113.40' })).toMatchObject({ status: 201 });
      const others = await knownDeviceOf('805', '198.51.100.2');
      expect(await signIn('803', demoPassword, { address: '198.51.100.2', device: others })).toMatchObject(
        wait,
      );
    });

    it('takes the same time and the same words for one that does not exist', async () => {
      const answers: Answer[] = [];
      for (let n = 0; n < 4; n += 1) {
        answers.push(await signIn('806', 'wrong', { address: '203.0.113.60' }));
        answers.push(await signIn('not-there', 'wrong', { address: '203.0.113.61' }));
      }
      const seen = (of: number) =>
        answers
          .filter((_, index) => index % 2 === of)
          .map(({ status, body }) => [status, (body as { code: string }).code]);
      expect(seen(0)).toEqual(seen(1));
      expect(seen(0).at(-1)).toEqual([429, 'request.too-many']);
    });
  });

  describe('a known device', () => {
    it('waits for its own mistakes alone', async () => {
      const mine = await knownDeviceOf('lead', '198.51.100.3');
      const other = await knownDeviceOf('lead', '198.51.100.4');
      const at = { address: '198.51.100.3', device: mine };
      for (let n = 0; n < 3; n += 1) expect(await signIn('lead', 'wrong', at)).toMatchObject({ status: 401 });
      expect(await signIn('lead', demoPassword, at)).toMatchObject(wait);
      expect(await signIn('lead', demoPassword, { address: '198.51.100.4', device: other })).toMatchObject({
        status: 201,
      });
    });

    it('serves several who share it', async () => {
      const first = await knownDeviceOf('inspector', '198.51.100.5');
      const both = deviceOf(
        await signIn('trainer', demoPassword, { address: '198.51.100.5', device: first }),
      );
      for (let n = 0; n < 6; n += 1)
        for (const login of ['inspector', 'trainer'])
          await signIn(login, 'guess', { address: `203.0.113.${80 + n}` });
      for (const login of ['inspector', 'trainer'])
        expect(
          await signIn(login, demoPassword, { address: '203.0.113.99', device: both ?? '' }),
        ).toMatchObject({
          status: 201,
        });
    });
  });

  it('a flood of guesses is answered and keeps no known device out', async () => {
    const home = await knownDeviceOf('supervisor', '198.51.100.6');
    const looked = jest.spyOn(api.get(People), 'byLogin');
    const flood = Array.from({ length: 300 }, (_, n) =>
      signIn(`flood-${n}`, 'wrong', { address: `192.0.2.${n % 4}` }),
    );
    const honest = signIn('supervisor', demoPassword, { address: '192.0.2.1', device: home });
    expect(await honest).toMatchObject({ status: 201 });
    const told = (await Promise.all(flood)).map(({ status }) => status);
    expect([...new Set(told)].filter((status) => status !== 401 && status !== 429)).toEqual([]);
    expect(told).toContain(429);
    // Who is turned away costs the database nothing.
    expect(looked.mock.calls.length).toBeLessThan(100);
    looked.mockRestore();
  });
});
