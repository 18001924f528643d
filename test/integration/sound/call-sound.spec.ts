import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import type { CallDetail } from '../../../src/contracts/call.js';
import type { Alarm } from '../../../src/contracts/floor.js';
import { policyVersionSchema } from '../../../src/contracts/policy.js';
import { type LegSound, legSoundSchema, type SoundSample } from '../../../src/contracts/sound-quality.js';
import { SoundRecords } from '../../../src/sound/sound-records.js';
import { Api } from '../../support/api.js';
import { eventually } from '../../support/eventually.js';
import type { SocketClient } from '../../support/socket-client.js';

describe('call sound', () => {
  const good: SoundSample = {
    lossShare: 0,
    jitterMs: 3,
    roundTripMs: 20,
    lossShareOut: 0,
    codec: 'opus',
    overMs: 5_000,
  };
  const bad: SoundSample = { ...good, lossShare: 0.25, jitterMs: 40 };

  interface Talk {
    callId: string;
    legId: string;
    customer: string;
    agent: SocketClient;
    cookie: string;
    ends(): Promise<void>;
  }

  let api: Api;
  let lead: SocketClient;
  let supervisor: string;
  beforeAll(async () => {
    api = await Api.start();
    supervisor = await api.signIn('supervisor');
    await hasty();
    lead = await api.socketFor(await api.signIn('lead'));
    await lead.done('watch-floor', {});
  }, 60_000);
  afterAll(() => api?.stop());

  /** Calls from now on are watched by a policy that calls sound bad at the first bad sample. */
  async function hasty(): Promise<void> {
    const { body } = await api.read('/api/policy', { cookie: supervisor });
    const { version, document } = policyVersionSchema.parse(body);
    const quality = { ...document.quality, badForMs: 1 };
    const answer = await api.post('/api/policy', {
      cookie: supervisor,
      body: { basedOn: version, document: { ...document, quality }, why: '音质测试' },
    });
    expect(answer.status).toBeLessThan(300);
  }

  /** A customer and this agent talk. */
  async function talk(login: string, fromNumber: string): Promise<Talk> {
    const cookie = await api.signIn(login);
    const agent = await api.socketFor(cookie);
    const { deviceId, secret } = await agent.done('lead-device', { clientId: `browser-${login}` });
    api.exchange.registerDevice(deviceId, secret);
    await agent.done('report-device', { registered: true });
    await agent.done('set-presence', { state: 'ready' });
    const customer = api.exchange.arrive({ dialled: '8000', fromNumber }) ?? '';
    const leg = await eventually(() => api.exchange.legOf(deviceId));
    api.exchange.deviceAnswers(leg.legId);
    const { callId } = await eventually(() => {
      const desk = agent.last('call.changed');
      return desk?.phase === 'talking' && desk;
    });
    const ends = async () => {
      api.exchange.remoteHangsUp(customer);
      await eventually(() => agent.last('call.changed')?.phase === 'wrap-up');
    };
    return { callId, legId: leg.legId, customer, agent, cookie, ends };
  }

  const codeOf = async (
    socket: SocketClient,
    { callId, legId }: { callId: string; legId: string },
    sample = good,
  ) => {
    const answer = await socket.command('report-sound', { callId, legId, sample });
    return answer.ok ? null : answer.refusal.code;
  };

  async function soundOf(callId: string, cookie = supervisor): Promise<LegSound[]> {
    const { status, body } = await api.read(`/api/calls/${callId}/sound`, { cookie });
    expect(status).toBe(200);
    return z.array(legSoundSchema).parse(body);
  }

  async function factsOf(callId: string): Promise<CallDetail['timeline']> {
    const { body } = await api.read(`/api/calls/${callId}`, { cookie: supervisor });
    return (body as CallDetail).timeline.filter(({ kind }) => kind.startsWith('quality.'));
  }

  const alarms = (callId: string): Alarm[] =>
    lead.last('floor.changed')?.alarms.filter((alarm) => alarm.callId === callId) ?? [];

  /** A report that the server takes as soon as it is not too early any more. */
  const reported = (talk: Talk, sample: SoundSample) =>
    eventually(async () => (await codeOf(talk.agent, talk, sample)) === null, {
      what: 'the report is taken',
      everyMs: 200,
    });

  describe('the sound that a softphone reports', () => {
    let one: Talk;
    beforeAll(async () => {
      one = await talk('801', '13800007001');
    });

    it('is refused from anybody else, for any other leg, and for a call that is not there', async () => {
      const other = await api.socketFor(await api.signIn('802'));
      expect(await codeOf(other, one)).toBe('call.not-yours');
      expect(await codeOf(lead, one)).toBe('call.not-yours');
      expect(await codeOf(one.agent, { ...one, legId: one.customer })).toBe('call.not-yours');
      expect(await codeOf(one.agent, { ...one, callId: randomUUID() })).toBe('call.not-found');
      const inspector = await api.socketFor(await api.signIn('inspector'));
      expect(await codeOf(inspector, one)).toBe('permission.denied');
      expect(await soundOf(one.callId)).toEqual([]);
    });

    it('is refused when it makes no sense', async () => {
      for (const wrong of [{ lossShare: 1.5 }, { jitterMs: -1 }, { overMs: 0 }, { surprise: 1 }])
        expect(await codeOf(one.agent, one, { ...good, ...wrong })).toBe('request.malformed');
    });

    it('is kept per leg; a flood of reports is refused and changes nothing', async () => {
      expect(await codeOf(one.agent, one)).toBeNull();
      for (let flood = 0; flood < 10; flood++)
        expect(await codeOf(one.agent, one, { ...bad, overMs: 60_000 })).toBe('request.too-many');
      const agent801 = (await api.read('/api/session', { cookie: one.cookie })).body as {
        person: { id: string };
      };
      expect(await soundOf(one.callId)).toEqual([
        {
          legId: one.legId,
          side: 'agent',
          agentId: agent801.person.id,
          codec: 'opus',
          samples: 1,
          mosAverage: expect.closeTo(4.38, 1),
          mosWorst: expect.closeTo(4.38, 1),
          lossShare: 0,
          jitterMs: 3,
          roundTripMs: 20,
        },
      ]);
    });

    it('when it gets bad is a fact and an alarm, and a fact when it is good again', async () => {
      await reported(one, bad);
      await eventually(() => alarms(one.callId).length > 0, { what: 'the lead is alarmed' });
      expect(alarms(one.callId)).toMatchObject([{ code: 'sound.bad', level: 'missed', clause: '23.9' }]);
      await reported(one, bad);
      await reported(one, good);
      const facts = await factsOf(one.callId);
      expect(facts).toMatchObject([
        { kind: 'quality.dropped', source: 'system', data: { side: 'agent', lossShare: 0.25, jitterMs: 40 } },
        { kind: 'quality.recovered', data: { side: 'agent' } },
      ]);
      const [leg] = (await soundOf(one.callId)).filter(({ side }) => side === 'agent');
      expect(leg?.samples).toBe(4);
      expect(leg?.mosWorst).toBeLessThan(2.6);
      // The bad reports spoke for the seconds since the report before, not for the five that they claimed.
      expect(leg?.lossShare).toBeLessThan(0.2);
      expect(alarms(one.callId)).toHaveLength(1);
    });

    it('is not taken any more when the call is over, and stays on record', async () => {
      const own = (legs: LegSound[]) => legs.filter(({ legId }) => legId === one.legId);
      const before = own(await soundOf(one.callId));
      await one.ends();
      expect(await codeOf(one.agent, one)).toBe('call.ended');
      expect(own(await api.get(SoundRecords).ofCall(one.callId))).toEqual(before);
      expect(before).toHaveLength(1);
    });
  });

  describe('the sound of the customer’s leg', () => {
    it('is measured at the engine and stored when the leg has gone', async () => {
      const two = await talk('803', '13800007002');
      const leg = api.exchange.legs.get(two.customer);
      if (!leg) throw new Error('no customer');
      leg.lossShare = 0.3;
      const [customer] = await eventually(
        async () => {
          const legs = (await soundOf(two.callId)).filter(({ side }) => side === 'customer');
          return legs.length > 0 && legs;
        },
        { withinMs: 20_000, what: 'the customer’s leg was measured' },
      );
      expect(customer).toMatchObject({ legId: two.customer, agentId: null, codec: 'PCMA' });
      expect(customer?.lossShare).toBeGreaterThan(0.25);
      await eventually(() => alarms(two.callId)[0]?.code === 'sound.bad', { what: 'the lead is alarmed' });
      expect(await factsOf(two.callId)).toMatchObject([
        { kind: 'quality.dropped', data: { side: 'customer' } },
      ]);
      await two.ends();
      await eventually(async () => {
        const [stored] = await api.get(SoundRecords).ofCall(two.callId);
        return (stored?.samples ?? 0) >= (customer?.samples ?? 0) && stored;
      });
    });
  });

  describe('reading the sound of a call', () => {
    it('is for those who may read the call', async () => {
      const three = await talk('804', '13800007003');
      expect(await soundOf(three.callId, three.cookie)).toEqual([]);
      const read = async (login: string) =>
        api.read(`/api/calls/${three.callId}/sound`, { cookie: await api.signIn(login) });
      for (const login of ['lead', 'inspector', 'trainer'])
        expect(await read(login)).toMatchObject({ status: 200 });
      // The same answer for somebody else's call and for one that does not exist.
      expect(await read('802')).toMatchObject({ status: 404, body: { code: 'call.not-found' } });
      expect(await api.read(`/api/calls/${randomUUID()}/sound`, { cookie: supervisor })).toMatchObject({
        status: 404,
      });
      expect(await api.read(`/api/calls/${three.callId}/sound`)).toMatchObject({ status: 401 });
      await three.ends();
    });
  });
});
