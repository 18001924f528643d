import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { DataSource } from 'typeorm';
import { PresenceService } from '../../../src/agents/presence.service.js';
import { People } from '../../../src/identity/people.js';
import { CommandRegistry } from '../../../src/platform/realtime/command-registry.js';
import { RealtimeGateway } from '../../../src/platform/realtime/realtime.gateway.js';
import { Realtime } from '../../../src/platform/realtime/realtime.js';
import { Api } from '../../support/api.js';
import { eventually } from '../../support/eventually.js';
import { SocketClient } from '../../support/socket-client.js';

describe('realtime', () => {
  let api: Api;
  beforeAll(async () => {
    api = await Api.start();
  }, 60_000);
  afterAll(() => api?.stop());

  const refused = (code: string) => ({ ok: false, refusal: { code } });

  describe('a handshake', () => {
    it('needs a session', async () => {
      await expect(SocketClient.open(api.url, {})).rejects.toThrow('session.none');
      await expect(api.socketFor('sanling_session=made-up')).rejects.toThrow('session.none');
    });

    it('of another site is refused though the browser sends the cookie', async () => {
      const cookie = await api.signIn('lead');
      await expect(api.socketFor(cookie, { origin: 'https://evil.example' })).rejects.toThrow();
      await expect(api.socketFor(cookie, { origin: api.url })).resolves.toBeDefined();
    });
  });

  describe('a command', () => {
    let agent: SocketClient;
    beforeAll(async () => {
      agent = await api.socketFor(await api.signIn('801'));
    });

    it.each([
      ['set-presence', { state: 'ready', colour: 'green' }, ''],
      ['set-presence', { state: 'asleep' }, 'state'],
      ['set-presence', { state: 'not-ready', reason: 7 }, 'reason'],
      ['hold-call', { callId: 'x', reason: 'check', consent: 'yes', limitMs: 1 }, 'callId'],
      ['hold-call', undefined, ''],
      ['answer-call', 'a string', ''],
    ])('%s %j is malformed, and the answer says where', async (name, payload, path) => {
      const answer = await agent.raw(name, payload);
      expect(answer).toMatchObject(refused('request.malformed'));
      expect(answer).toMatchObject({
        refusal: { details: { issues: expect.arrayContaining([expect.objectContaining({ path })]) } },
      });
    });

    it('does not get its long strings back', async () => {
      const answer = await agent.raw('hold-call', { callId: 'x'.repeat(40_000), reason: 'y'.repeat(10_000) });
      expect(answer).toMatchObject(refused('request.malformed'));
      expect(JSON.stringify(answer).length).toBeLessThan(1_000);
    });

    it.each(['delete-everything', 'constructor', '__proto__', 'toString'])('%s is unknown', async (name) => {
      expect(await agent.raw(name, {})).toMatchObject(refused('request.malformed'));
    });

    it('with more than one argument is malformed', async () => {
      expect(await agent.raw('set-presence', { state: 'ready' }, { state: 'ready' })).toMatchObject(
        refused('request.malformed'),
      );
    });

    it('without an acknowledgement does nothing, and the next one is served', async () => {
      const carryOut = jest.spyOn(api.get(CommandRegistry), 'carryOut');
      agent.socket.emit('set-presence', { state: 'not-ready', reason: 'break' });
      expect(await agent.raw('nothing', {})).toMatchObject(refused('request.malformed'));
      expect(carryOut.mock.calls.map(([name]) => name)).toEqual(['nothing']);
      carryOut.mockRestore();
    });

    it('of the wrong role is refused', async () => {
      const inspector = await api.socketFor(await api.signIn('inspector'));
      expect(await inspector.raw('set-presence', { state: 'ready' })).toMatchObject(
        refused('permission.denied'),
      );
    });

    it('that meets a bug answers a reference into the log', async () => {
      const bug = jest.spyOn(api.get(PresenceService), 'setByAgent').mockRejectedValueOnce(new Error('boom'));
      const answer = await agent.raw('set-presence', { state: 'ready' });
      expect(answer).toMatchObject(refused('service.unavailable'));
      expect(answer).toMatchObject({ refusal: { reference: expect.stringMatching(/^[0-9a-f]{10}$/) } });
      expect(JSON.stringify(answer)).not.toContain('boom');
      bug.mockRestore();
    });

    it('of a megabyte ends the connection, and nothing else', async () => {
      const tab = await api.socketFor(await api.signIn('802'));
      const gone = once(tab.socket as never, 'disconnect');
      tab.socket.emit('set-presence', { state: 'x'.repeat(1_000_000) });
      await gone;
      expect(await agent.raw('nothing', {})).toMatchObject(refused('request.malformed'));
    });
  });

  describe('a tab', () => {
    it('is told that its session ended, and closed, at sign-out', async () => {
      const cookie = await api.signIn('804');
      const [one, two] = [await api.socketFor(cookie), await api.socketFor(cookie)];
      const other = await api.socketFor(await api.signIn('804'));
      await api.ask('DELETE', '/api/session', { cookie });
      expect(await one.hears('session.ended')).toEqual({ code: 'session.expired' });
      await eventually(() => one.socket.disconnected && two.socket.disconnected);
      expect(other.socket.connected).toBe(true);
    });

    it('whose session expired in silence is found by the review', async () => {
      const tab = await api.socketFor(await api.signIn('805'));
      const { id } = (await api.get(People).byLogin('805')) ?? { id: '' };
      await api
        .get(DataSource)
        .query(`update sessions set expires_at = now() - interval '1 s' where person_id = $1`, [id]);
      await api.get(RealtimeGateway).review();
      await tab.hears('session.ended');
      await eventually(() => tab.socket.disconnected);
    });

    it('is reached from another server process', async () => {
      const { id } = (await api.get(People).byLogin('806')) ?? { id: '' };
      const tab = await api.socketFor(await api.signIn('806'));
      await using beside = await Api.start({ beside: api });
      const realtime = beside.get(Realtime);
      await eventually(async () => (await realtime.tabsOf(id)) === 1);
      await eventually(async () => {
        realtime.toPerson(id, 'result.published', { evaluationId: 'e1' });
        return tab.last('result.published') !== undefined;
      });
      realtime.joinRoom(id, 'a-room');
      await eventually(async () => {
        realtime.toRoom('a-room', 'result.published', { evaluationId: 'e2' });
        return tab.last('result.published')?.evaluationId === 'e2';
      });
    }, 20_000);
  });
});
