import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DataSource } from 'typeorm';
import { type CallRow, callEntity } from '../../../src/calls/call.entity.js';
import { type Floor, floorSchema } from '../../../src/contracts/floor.js';
import type { TimelineEvent } from '../../../src/contracts/timeline.js';
import { People } from '../../../src/identity/people.js';
import { Announcements } from '../../../src/platform/announcements/announcements.js';
import { QueuesService } from '../../../src/routing/queues.service.js';
import { Api } from '../../support/api.js';
import { eventually } from '../../support/eventually.js';
import type { SocketClient } from '../../support/socket-client.js';

describe('floor', () => {
  let api: Api;
  let lead: SocketClient;
  let leadCookie: string;
  beforeAll(async () => {
    api = await Api.start();
    leadCookie = await api.signIn('lead');
    lead = await api.socketFor(leadCookie);
  }, 60_000);
  afterAll(() => api?.stop());

  /** An agent signs in at a desk with a softphone and becomes ready. */
  async function ready(login: string): Promise<{ socket: SocketClient; deviceId: string; id: string }> {
    const socket = await api.socketFor(await api.signIn(login));
    const { deviceId, secret } = await socket.done('lead-device', { clientId: `browser-${login}` });
    api.exchange.registerDevice(deviceId, secret);
    await socket.done('report-device', { registered: true });
    await socket.done('set-presence', { state: 'ready' });
    const person = await api.get(People).byLogin(login);
    return { socket, deviceId, id: person?.id ?? '' };
  }
  /** The floor as the lead was told last, once it looks like this. */
  async function shows(what: string, seen: (floor: Floor) => boolean): Promise<Floor> {
    return eventually(
      () => {
        const floor = lead.last('floor.changed');
        return floor && seen(floor) && floorSchema.parse(floor);
      },
      { what: `the floor shows ${what}` },
    );
  }
  const stateOf = (floor: Floor, number: string) =>
    floor.agents.find(({ agentNumber }) => agentNumber === number)?.state;

  describe('the floor', () => {
    it.each(['801', 'inspector', 'trainer'])('is not for %s', async (login) => {
      const cookie = await api.signIn(login);
      expect(await api.read('/api/floor', { cookie })).toMatchObject({
        status: 403,
        body: { code: 'permission.denied' },
      });
      const socket = await api.socketFor(cookie);
      for (const [name, payload] of [
        ['watch-floor', {}],
        ['acknowledge-alarm', { alarmId: randomUUID() }],
      ] as const) {
        expect(await socket.command(name, payload)).toMatchObject({
          ok: false,
          refusal: { code: 'permission.denied' },
        });
      }
      socket.close();
    });

    it('needs a session', async () => {
      expect(await api.read('/api/floor')).toMatchObject({ status: 401 });
    });

    it.each(['lead', 'supervisor'])('is there for the %s, over REST too', async (login) => {
      const { status, body } = await api.read('/api/floor', { cookie: await api.signIn(login) });
      expect(status).toBe(200);
      const floor = floorSchema.parse(body);
      expect(floor.agents.map(({ agentNumber }) => agentNumber)).toEqual([
        '801',
        '802',
        '803',
        '804',
        '805',
        '806',
        '800',
      ]);
      expect(floor.queues).toMatchObject([{ name: '前台预订', waiting: 0, longestSince: null }]);
    });

    it('is told as a whole while a call goes through it', async () => {
      const before = await lead.done('watch-floor', {});
      expect(before.calls).toEqual([]);
      const first = api.exchange.arrive({ dialled: '8000', fromNumber: '13800006021' }) ?? '';
      const waiting = await shows('a waiting caller', ({ queues }) => queues[0]?.waiting === 1);
      expect(waiting.calls).toMatchObject([{ state: 'queued', fromNumber: '138****6021', agentId: null }]);
      expect(waiting.queues[0]?.longestSince).toBe(waiting.calls[0]?.arrivedAt);

      const agent = await ready('802');
      const ringing = await shows('a ringing agent', (floor) => stateOf(floor, '802') === 'ringing');
      expect(ringing.queues[0]).toMatchObject({ waiting: 0, longestSince: null });
      const leg = await eventually(() => api.exchange.legOf(agent.deviceId));
      api.exchange.deviceAnswers(leg.legId);
      const talking = await shows(
        'a talking agent',
        (floor) => stateOf(floor, '802') === 'talking' && floor.calls[0]?.state === 'talking',
      );
      expect(talking.calls).toMatchObject([{ agentId: agent.id, holdLimitAt: null, holdCeilingAt: null }]);

      const callId = talking.calls[0]?.callId ?? '';
      await agent.socket.done('hold-call', {
        callId,
        reason: 'check-record',
        consent: true,
        limitMs: 30_000,
      });
      const held = await shows('a held caller', (floor) => floor.calls[0]?.state === 'held');
      const { stateSince = '', holdLimitAt, holdCeilingAt } = held.calls[0] ?? {};
      expect(Date.parse(holdLimitAt ?? '') - Date.parse(stateSince)).toBe(30_000);
      expect(Date.parse(holdCeilingAt ?? '') - Date.parse(stateSince)).toBe(60_000);

      api.exchange.remoteHangsUp(first);
      const after = await shows('an agent in wrap-up', (floor) => stateOf(floor, '802') === 'wrap-up');
      expect(after.calls).toEqual([]);
      // The day's figures may be a second old, and the whole call took less.
      const today = await eventually(async () => {
        const { body } = await api.read('/api/floor', { cookie: leadCookie });
        const figures = floorSchema.parse(body).queues[0]?.today;
        return figures?.answered === 1 && figures;
      });
      expect(today).toMatchObject({ arrived: 1, abandoned: 0, serviceLevel: 1 });
      expect(await api.read('/api/floor', { cookie: leadCookie })).toMatchObject({ status: 200 });
    });
  });

  describe('alarms', () => {
    it('come from what really happened, and are taken by the first who acknowledges', async () => {
      await lead.done('watch-floor', {});
      const agent = await ready('803');
      api.exchange.arrive({ dialled: '8000', fromNumber: '13800006022' });
      const leg = await eventually(() => api.exchange.legOf(agent.deviceId));
      api.exchange.deviceRefuses(leg.legId);
      const floor = await shows('the refused ring', ({ alarms }) => alarms.length === 1);
      expect(floor.alarms).toMatchObject([
        {
          level: 'missed',
          code: 'ring.rejected',
          clause: '26.1',
          agentId: agent.id,
          agentNumber: '803',
          acknowledgedBy: null,
        },
      ]);
      const alarmId = floor.alarms[0]?.id ?? '';
      await lead.done('acknowledge-alarm', { alarmId });
      const name = (await api.get(People).byLogin('lead'))?.name;
      await shows('who took it', ({ alarms }) => alarms[0]?.acknowledgedBy === name);
      const supervisor = await api.socketFor(await api.signIn('supervisor'));
      await supervisor.done('acknowledge-alarm', { alarmId });
      const { body } = await api.read('/api/floor', { cookie: leadCookie });
      expect(floorSchema.parse(body).alarms[0]?.acknowledgedBy).toBe(name);
      expect(await lead.command('acknowledge-alarm', { alarmId: randomUUID() })).toMatchObject({
        ok: false,
        refusal: { code: 'request.not-found' },
      });
      expect(await lead.raw('acknowledge-alarm', { alarmId: 'x' })).toMatchObject({
        ok: false,
        refusal: { code: 'request.malformed' },
      });
    });

    it('are raised once for each fact, in the levels of a hold that takes too long', async () => {
      const agentId = (await api.get(People).byLogin('804'))?.id ?? '';
      const callId = randomUUID();
      const ids = { handlingId: randomUUID(), agentId, holdId: randomUUID() };
      const kinds = ['hold.reminded', 'hold.limit-reached', 'hold.ceiling-reached'] as const;
      const facts = kinds.map((kind, index): TimelineEvent => {
        const at = new Date(Date.now() + index).toISOString();
        return { callId, seq: index + 8, at, source: 'system', kind, data: ids };
      });
      const announcements = api.get(Announcements);
      announcements.announce({ kind: 'call.advanced', callId, facts });
      announcements.announce({ kind: 'call.advanced', callId, facts });
      const own = (floor: Floor) => floor.alarms.filter((alarm) => alarm.callId === callId);
      const floor = await shows('three alarms', (seen) => own(seen).length === 3);
      expect(own(floor).map(({ level }) => level)).toEqual(['ceiling', 'limit', 'reminder']);
      const source = api.get(DataSource);
      const [counted] = await source.query('select count(*)::int as rows from alarms where call_id = $1', [
        callId,
      ]);
      expect(counted).toEqual({ rows: 3 });
    });
  });

  describe("the day's figures", () => {
    /** A call of this queue, told by what became of it. */
    async function wasThere(queueId: string, waitedSeconds: number, more: Partial<CallRow>): Promise<void> {
      const queuedAt = more.queuedAt ?? new Date();
      const turned = new Date(queuedAt.getTime() + waitedSeconds * 1_000);
      const answered = more.outcome === 'answered';
      await api
        .get(DataSource)
        .getRepository(callEntity)
        .insert({
          id: randomUUID(),
          version: 9,
          state: 'ended',
          outcome: 'answered',
          direction: 'inbound',
          channel: 'trunk',
          fromNumber: '13800006023',
          fromName: '',
          dialled: '8100',
          queueId,
          queueName: '会议',
          policyVersion: 1,
          arrivedAt: queuedAt,
          queuedAt,
          answeredAt: answered ? turned : null,
          endedAt: turned,
          endedBy: 'customer',
          talkedMs: 0,
          heldMs: 0,
          holds: 0,
          settled: true,
          ...more,
        });
    }

    it('count today, and the service level leaves out who gave up at once', async () => {
      const queueId = randomUUID();
      await api
        .get(DataSource)
        .query(`insert into queues (id, name, number) values ($1, '会议', '8100')`, [queueId]);
      await wasThere(queueId, 5, { outcome: 'answered' });
      await wasThere(queueId, 20, { outcome: 'answered' });
      await wasThere(queueId, 21, { outcome: 'answered' });
      await wasThere(queueId, 3, { outcome: 'abandoned' });
      await wasThere(queueId, 40, { outcome: 'abandoned' });
      await wasThere(queueId, 40, { outcome: 'missed' });
      const yesterday = new Date(Date.now() - 25 * 3_600_000);
      await wasThere(queueId, 5, { outcome: 'answered', queuedAt: yesterday, arrivedAt: yesterday });
      await api.get(QueuesService).publishMembers();
      const queue = await eventually(async () => {
        const { body } = await api.read('/api/floor', { cookie: leadCookie });
        const found = floorSchema.parse(body).queues.find(({ id }) => id === queueId);
        return found?.today.arrived === 6 && found;
      });
      expect(queue).toMatchObject({
        agentsReady: 0,
        today: { arrived: 6, answered: 3, abandoned: 2, serviceLevel: 0.5, serviceLevelSeconds: 20 },
      });
    });
  });
});
