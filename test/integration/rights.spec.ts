import { once } from 'node:events';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { DataSource } from 'typeorm';
import { WebSocketServer } from 'ws';
import { Api } from '../support/api.js';
import { eventually } from '../support/eventually.js';
import { RawWebSip } from '../support/phones/raw-web-sip.js';
import type { SocketClient } from '../support/socket-client.js';

describe('rights', () => {
  /** Two processes of one house, and nobody who tells them of a change but the database. */
  let engine: WebSocketServer;
  let api: Api;
  let beside: Api;
  let database: DataSource;

  beforeAll(async () => {
    engine = new WebSocketServer({ host: '127.0.0.1', port: 0, handleProtocols: () => 'sip' });
    await once(engine, 'listening');
    const { port } = engine.address() as { port: number };
    const settings = { ASTERISK_SIP_WS_URL: `ws://127.0.0.1:${port}/ws` };
    api = await Api.start({ settings });
    beside = await Api.start({ beside: api, settings });
    database = api.get(DataSource);
  }, 60_000);
  afterAll(async () => {
    await beside?.stop();
    await api?.stop();
    for (const socket of engine?.clients ?? []) socket.terminate();
    engine?.close();
  });

  const change = (login: string, what: string) =>
    database.query(`update people set ${what} where login = $1`, [login]);
  const within = { withinMs: 1_000 };

  /** Somebody with a page at each process, and the signalling of a softphone at both. */
  async function atWork(login: string) {
    const cookie = await api.signIn(login);
    const tabs = [await api.socketFor(cookie), await beside.socketFor(cookie)] as const;
    const phones = await Promise.all([api, beside].map(({ url }) => RawWebSip.open(url, '/sip', { cookie })));
    return { cookie, tabs, phones };
  }

  describe('somebody who is dismissed while no call is theirs', () => {
    let found: Awaited<ReturnType<typeof atWork>>;
    beforeEach(async () => {
      found = await atWork('801');
    });
    afterEach(() => change('801', 'active = true'));

    it('is out at once, at every process, wherever the change was made', async () => {
      const { cookie, tabs, phones } = found;
      const account = await tabs[1].done('lead-device', { clientId: 'browser-801', takeOver: true });
      api.exchange.registerDevice(account.deviceId, account.secret);
      await change('801', 'active = false');
      await eventually(() => tabs.every(({ socket }) => socket.disconnected), {
        ...within,
        what: 'pages close',
      });
      for (const tab of tabs) expect(tab.last('session.ended')).toEqual({ code: 'session.withdrawn' });
      const lines = phones as RawWebSip[];
      await eventually(() => lines.every(({ closedWith }) => closedWith === 4401), {
        ...within,
        what: 'the softphones are closed',
      });
      await eventually(() => !api.exchange.accounts.has(account.deviceId), {
        what: 'the account is revoked',
      });
      expect(await api.read('/api/policy', { cookie })).toMatchObject({
        status: 401,
        body: { code: 'session.expired' },
      });
      await expect(beside.socketFor(cookie)).rejects.toThrow('session.expired');
      const [{ open }] = await database.query(
        `select count(*)::int as open from sessions join people on people.id = person_id
        where login = '801' and closed_at is null`,
      );
      expect(open).toBe(0);
    });

    it('does not come back with the old session when taken on again', async () => {
      await change('801', 'active = false');
      await eventually(() => found.tabs.every(({ socket }) => socket.disconnected));
      await change('801', 'active = true');
      expect(await api.read('/api/session', { cookie: found.cookie })).toMatchObject({ status: 401 });
      expect(await api.signIn('801')).toMatch(/^sanling_session=/);
    });
  });

  describe('somebody whose role changes with a page open', () => {
    afterEach(async () => {
      await change('802', `role = 'agent'`);
      await change('lead', `role = 'lead'`);
    });

    it('may do what the new role may, on the same socket, and nothing of the old one', async () => {
      const { cookie, tabs, phones } = await atWork('lead');
      for (const tab of tabs) await tab.done('watch-floor', {});
      await change('lead', `role = 'inspector'`);
      for (const tab of tabs) await tab.hears('session.changed');
      const denied = { ok: false, refusal: { code: 'permission.denied' } };
      for (const tab of tabs) expect(await tab.raw('watch-floor', {})).toMatchObject(denied);
      for (const tab of tabs) expect(await tab.raw('set-presence', { state: 'ready' })).toMatchObject(denied);
      await eventually(() => (phones as RawWebSip[]).every(({ closedWith }) => closedWith === 4401), within);
      expect(tabs.every(({ socket }) => socket.connected)).toBe(true);
      const { body } = await api.read('/api/session', { cookie });
      expect(body).toMatchObject({ person: { role: 'inspector' } });
      expect(body).toMatchObject({ permissions: expect.arrayContaining(['quality.evaluate']) });
      expect(body).not.toMatchObject({ permissions: expect.arrayContaining(['floor.watch']) });
    });

    it('hears nothing more of the floor', async () => {
      const { tabs } = await atWork('lead');
      const watcher = await api.socketFor(await api.signIn('supervisor'));
      for (const tab of [...tabs, watcher]) await tab.done('watch-floor', {});
      await change('lead', `role = 'trainer'`);
      for (const tab of tabs) await tab.hears('session.changed');
      const heard = (tab: SocketClient) => tab.heard.filter(({ event }) => event === 'floor.changed').length;
      const before = tabs.map(heard);
      const seen = heard(watcher);
      // A desk that opens changes the floor, which whoever may hear it is told.
      const agent = await api.socketFor(await api.signIn('803'));
      await eventually(() => heard(watcher) > seen, { what: 'the floor is told' });
      for (const tab of tabs) await tab.raw('watch-floor', {});
      expect(tabs.map(heard)).toEqual(before);
      agent.close();
    });

    it('has a desk at once when the new role handles calls', async () => {
      const cookie = await api.signIn('inspector');
      const tab = await beside.socketFor(cookie);
      await change('inspector', `role = 'agent', agent_number = '899'`);
      await tab.hears('session.changed');
      const { presence } = await tab.hears('desk.snapshot');
      expect(presence).toMatchObject({ agentNumber: '899', state: 'not-ready' });
      await tab.done('lead-device', { clientId: 'browser-899' });
      await change('inspector', `role = 'inspector', agent_number = null`);
      await eventually(() => tab.heard.filter(({ event }) => event === 'session.changed').length === 2);
    });
  });

  it('a change that nobody told of is found by the review', async () => {
    const tab = await api.socketFor(await api.signIn('805'));
    await database.query('alter table people disable trigger rights_changed');
    await change('805', 'active = false');
    await database.query('alter table people enable trigger rights_changed');
    const { RealtimeGateway } = await import('../../src/platform/realtime/realtime.gateway.js');
    await api.get(RealtimeGateway).review();
    await eventually(() => tab.socket.disconnected);
    expect(tab.last('session.ended')).toEqual({ code: 'session.withdrawn' });
  });

  it('the line on which the database tells comes back by itself, and what was missed is looked for', async () => {
    const tab = await api.socketFor(await api.signIn('806'));
    await database.query('alter table people disable trigger rights_changed');
    await change('806', 'active = false');
    await database.query('alter table people enable trigger rights_changed');
    await database.query(
      `select pg_terminate_backend(pid) from pg_stat_activity
      where application_name = 'sanling-news' and datname = current_database()`,
    );
    await eventually(() => tab.socket.disconnected, { withinMs: 5_000 });
  });
});
