import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { CommandRegistry } from '../../../src/platform/realtime/command-registry.js';
import { Api } from '../../support/api.js';
import { eventually } from '../../support/eventually.js';
import { SocketClient } from '../../support/socket-client.js';

describe('socket limits', () => {
  const tabsPerSession = 5;
  const tabsPerPerson = 7;

  let api: Api;
  const log: string[] = [];
  beforeAll(async () => {
    const settings = {
      SANLING_TABS_PER_SESSION: String(tabsPerSession),
      SANLING_TABS_PER_PERSON: String(tabsPerPerson),
      SANLING_TRUSTED_PROXIES: 'loopback',
    };
    api = await Api.start({ settings, logTo: { write: (line) => void log.push(line) } });
  }, 60_000);
  afterAll(() => api?.stop());

  const fine = { ok: false, refusal: { code: 'request.malformed' } };
  const told = (login: string) =>
    log.filter((line) => line.includes('a tab misbehaves') && line.includes(`"login":"${login}"`));

  describe('a tab that sends more than it may', () => {
    it.each([
      ['801', 'with acknowledgements', (tab: SocketClient) => tab.socket.emit('nothing', {}, () => {})],
      ['802', 'without', (tab: SocketClient) => tab.socket.emit('set-presence', { state: 'ready' })],
    ])('%s (%s) is told once and closed, and leaves one line in the log', async (login, _, send) => {
      const carryOut = jest.spyOn(api.get(CommandRegistry), 'carryOut');
      const honest = await api.socketFor(await api.signIn('806'));
      const tab = await api.socketFor(await api.signIn(login));
      for (let times = 0; times < 2_000; times += 1) send(tab);
      await eventually(() => tab.socket.disconnected, { what: 'it is closed' });
      expect(tab.heard.filter(({ event }) => event === 'connection.refused')).toEqual([
        { event: 'connection.refused', payload: { code: 'request.too-many', details: {} } },
      ]);
      expect(await honest.raw('nothing', {})).toMatchObject(fine);
      await eventually(() => told(login).length > 0);
      expect(told(login)).toHaveLength(1);
      // At most what a tab may send at once, and what it may while these came in.
      expect(carryOut.mock.calls.length).toBeLessThan(150);
      carryOut.mockRestore();
    });
  });

  describe('the tabs of one session', () => {
    it('are bounded: the newest is refused, and those that are open stay', async () => {
      const cookie = await api.signIn('803');
      const tabs: SocketClient[] = [];
      for (let times = 0; times < tabsPerSession; times += 1) tabs.push(await api.socketFor(cookie));
      await expect(api.socketFor(cookie)).rejects.toMatchObject({
        message: 'session.too-many-tabs',
        data: { code: 'session.too-many-tabs', details: { most: tabsPerSession } },
      });
      for (const tab of tabs) expect(await tab.raw('nothing', {})).toMatchObject(fine);
      tabs[0]?.close();
      await eventually(() => api.socketFor(cookie), { withinMs: 10_000, what: 'a place is free again' });
    });

    it('are bounded by person too, over all sign-ins', async () => {
      const first = await api.signIn('804');
      const second = await api.signIn('804');
      for (let times = 0; times < tabsPerSession; times += 1) await api.socketFor(first);
      for (let times = tabsPerSession; times < tabsPerPerson; times += 1) await api.socketFor(second);
      await expect(api.socketFor(second)).rejects.toThrow('session.too-many-tabs');
      expect(await api.socketFor(await api.signIn('lead'))).toBeDefined();
    });

    it('come and go no quicker than a person opens them', async () => {
      const cookie = await api.signIn('805');
      // As quickly as they go: one a second is forgiven meanwhile, however slow the machine is.
      const hasty = async () => {
        for (let times = 0; times < 100; times += 1) (await api.socketFor(cookie)).close();
      };
      await expect(hasty()).rejects.toThrow('request.too-many');
      await eventually(() => api.socketFor(cookie), { withinMs: 10_000, what: 'haste is forgiven' });
    });
  });

  it('a storm of pages with made-up cookies asks the database nothing', async () => {
    const { Sessions } = await import('../../../src/identity/sessions.js');
    const admit = jest.spyOn(api.get(Sessions), 'admit');
    const made = Array.from({ length: 30 }, (_, n) => `sanling_session=${String(n).padStart(43, 'x')}`);
    const outcomes = await Promise.allSettled(made.map((cookie) => SocketClient.open(api.url, { cookie })));
    expect(outcomes.every((one) => one.status === 'rejected' && one.reason.message === 'session.none')).toBe(
      true,
    );
    expect(admit).not.toHaveBeenCalled();
    admit.mockRestore();
  });
});
