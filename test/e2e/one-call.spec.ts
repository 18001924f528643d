import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { eventually } from '../support/eventually.js';
import { hearsTone } from '../support/phones/tone-detector.js';
import { House, kinds } from './house.js';
import { agentHz, customerHz, heard, music } from './voices.js';

jest.setTimeout(60_000);

describe('one call through the real exchange', () => {
  let house: House;
  beforeAll(async () => {
    house = await House.open();
  }, 60_000);
  afterEach(() => house.clear());
  afterAll(() => house.close());

  it('is answered, held and ended by the rules, and recorded', async () => {
    const agent = await house.agent('801');
    const customer = await house.customer('13800000001', '8000', { tone: customerHz });
    const desk = await agent.answers(agentHz);
    await eventually(() => hearsTone(customer.rtp.lastHeard(200), agentHz), {
      what: 'the customer hears the agent',
    });
    await eventually(() => hearsTone(desk.rtp.lastHeard(200), customerHz), {
      what: 'the agent hears the customer',
    });
    await agent.holds(30_000);
    await eventually(() => !hearsTone(customer.rtp.lastHeard(200), agentHz));
    await eventually(() => !hearsTone(desk.rtp.lastHeard(200), customerHz));
    await agent.resumes();
    await eventually(() => hearsTone(customer.rtp.lastHeard(200), agentHz));
    customer.hangUp();
    await agent.wrapsUp();
    await eventually(async () => (await house.record('13800000001')).recordings[0]?.state === 'stored', {
      withinMs: 20_000,
      what: 'the recording is stored',
    });
    const record = await house.recordWith('13800000001', 'answered');
    // The recording is complete a moment after the call, before or after the agent has written the record.
    expect(kinds(record)).toContain('recording.finished');
    expect(kinds(record).filter((kind) => kind !== 'recording.finished')).toEqual([
      'call.arrived',
      'line.opened',
      'queue.entered',
      'recording.started',
      'waiting.started',
      'ring.offered',
      'ring.started',
      'ring.answered',
      'talk.started',
      'hold.granted',
      'hold.started',
      'hold.resume-requested',
      'hold.ended',
      'customer.left',
      'wrap-up.started',
      'call.ended',
      'wrap-up.completed',
    ]);
    expect(record.endedBy).toBe('customer');
    const verdict = (clause: string, part = '') =>
      record.verdicts.find((one) => one.clause === clause && one.part === part)?.outcome;
    expect(verdict('26.1', 'rings')).toBe('pass');
    expect(verdict('24.13')).toBe('pass');
    expect(verdict('26.4')).toBe('pass');
    expect(verdict('27.2')).toBe('pass');
    expect(verdict('23.4')).toBe('pass');
  });

  it('is a breach when the agent’s phone itself puts the customer on hold: nobody asked them', async () => {
    const agent = await house.agent('801');
    const customer = await house.customer('13800000011', '8000', { tone: customerHz });
    const desk = await agent.answers(agentHz);
    await heard('they talk', [customer, agentHz], [desk, customerHz]);
    const callId = agent.desk?.callId ?? '';
    const onRecord = (kind: string) =>
      eventually(async () => kinds(await house.recordOf(callId)).includes(kind as 'hold.by-device'), {
        what: `${kind} is on record`,
      });
    desk.hold();
    await onRecord('hold.by-device');
    await music(customer);
    desk.resume();
    await onRecord('hold.by-device-ended');
    await heard('they talk again', [customer, agentHz], [desk, customerHz]);
    customer.hangUp();
    await agent.wrapsUp();
    const record = await house.recordWith('13800000011', 'answered');
    const consent = record.verdicts.find(({ clause }) => clause === '24.13');
    expect(consent).toMatchObject({ outcome: 'fail', finding: 'hold.by-phone' });
    expect(consent?.evidence.length).toBeGreaterThan(0);
  });

  it('goes to the next agent after three rings, and the first is marked', async () => {
    const first = await house.agent('801');
    const customer = await house.customer('13800000002');
    await first.rings();
    const second = await house.agent('802');
    await eventually(() => second.phone.call?.state === 'ringing', { withinMs: 20_000, what: '802 rings' });
    expect(first.presence).toBe('not-ready');
    await second.answers();
    customer.hangUp();
    await second.wrapsUp();
    const record = await house.recordWith('13800000002', 'answered');
    const rung = record.timeline.find(({ kind }) => kind === 'ring.started');
    const missed = record.timeline.find(({ kind }) => kind === 'ring.missed');
    expect(Date.parse(missed?.at ?? '') - Date.parse(rung?.at ?? '')).toBe(15_000);
    const handling = record.handlings.find(({ phase }) => phase === 'missed');
    expect(
      handling?.verdicts.find(({ clause, part }) => clause === '26.1' && part === 'rings')?.outcome,
    ).toBe('fail');
  });

  it('refuses what is not legal now, with a code', async () => {
    const agent = await house.agent('801');
    const other = await house.agent('802');
    const customer = await house.customer('13800000003');
    await eventually(() => agent.desk?.phase === 'ringing' || other.desk?.phase === 'ringing', {
      withinMs: 10_000,
    });
    const [rung, idle] = agent.desk?.phase === 'ringing' ? [agent, other] : [other, agent];
    const hold = { reason: 'check-record', consent: true, limitMs: 30_000 };
    expect(await rung.refused('hold-call', hold)).toBe('call.not-allowed-now');
    expect(await rung.refused('resume-call')).toBe('call.not-allowed-now');
    const callId = rung.desk?.callId;
    expect(await idle.refused('answer-call', {}, callId)).toBe('call.not-yours');
    await rung.answers();
    expect(await idle.refused('hang-up-call', {}, callId)).toBe('call.not-yours');
    expect(await rung.refused('hold-call', { ...hold, consent: false })).toBe('hold.no-consent');
    expect(await rung.refused('hold-call', { ...hold, reason: 'tired' })).toBe('hold.reason-unknown');
    expect(await rung.refused('hold-call', { ...hold, limitMs: 61_000 })).toBe('hold.limit-too-long');
    expect(await rung.refused('hold-call', { ...hold, surprise: 1 })).toBe('request.malformed');
    expect(await rung.refused('hang-up-call', { reason: 'bored' })).toBe('hang-up.reason-unknown');
    expect(await rung.refused('answer-call')).toBe('call.not-allowed-now');
    customer.hangUp();
    await rung.shows('wrap-up');
    expect(await rung.refused('hold-call', hold)).toBe('call.ended');
    expect(await rung.refused('answer-call')).toBe('call.ended');
    const { fullWrapUp } = await import('./robot-agent.js');
    expect(await rung.refused('complete-wrap-up', { record: { ...fullWrapUp, customerName: '' } })).toBe(
      'wrap-up.incomplete',
    );
    await rung.wrapsUp();
    expect(kinds(await house.record('13800000003'))).toContain('hold.declined');
    expect(await rung.refused('answer-call', {}, '00000000-0000-4000-8000-000000000000')).toBe(
      'call.not-found',
    );
  });

  it('lets the customer hang up first, then ends after the grace', async () => {
    const agent = await house.agent('801');
    const customer = await house.customer('13800000004');
    await agent.answers();
    await agent.does('hang-up-call');
    await eventually(() => agent.desk?.timers.grace !== null);
    expect(customer.state).toBe('up');
    await eventually(() => customer.state === 'ended', { withinMs: 10_000, what: 'the grace runs out' });
    expect(customer.endedBy).toBe('peer');
    await agent.wrapsUp();
    const record = await house.recordWith('13800000004', 'answered');
    expect(record.endedBy).toBe('agent');
    const asked = record.timeline.find(({ kind }) => kind === 'hang-up.requested');
    const left = record.timeline.find(({ kind }) => kind === 'customer.left');
    expect(Date.parse(left?.at ?? '') - Date.parse(asked?.at ?? '')).toBeGreaterThanOrEqual(5_000);
  });

  describe('a caller who hangs up', () => {
    it('while queued is abandoned', async () => {
      const customer = await house.customer('13800000010');
      await eventually(() => customer.state === 'up');
      await eventually(async () => kinds(await house.record('13800000010')).includes('prompt.started'));
      customer.hangUp();
      await house.recordWith('13800000010', 'abandoned');
    });

    it('while ringing is abandoned, and the agent is ready for the next', async () => {
      const agent = await house.agent('801');
      const customer = await house.customer('13800000011');
      await agent.rings();
      customer.hangUp();
      const record = await house.recordWith('13800000011', 'abandoned');
      expect(kinds(record)).toContain('ring.cancelled');
      await eventually(() => agent.presence === 'ready');
      const next = await house.customer('13800000012');
      await agent.answers();
      next.hangUp();
      await agent.wrapsUp();
    });

    it('while held ends the hold and the call', async () => {
      const agent = await house.agent('801');
      const customer = await house.customer('13800000013');
      await agent.answers();
      await agent.holds();
      customer.hangUp();
      await agent.wrapsUp();
      const record = await house.recordWith('13800000013', 'answered');
      expect(kinds(record)).toContain('hold.ended');
      expect(record.endedBy).toBe('customer');
    });
  });

  it('turns away an unknown number, which is on record', async () => {
    const unknown = await house.customer('13800000020', '9999');
    await eventually(() => unknown.state === 'ended');
    expect(unknown.status).toBe(404);
    await house.recordWith('13800000020', 'turned-away');
  });

  it('refuses a call without audio before anything rings', async () => {
    const agent = await house.agent('805');
    const mute = await house.customer('13800000021', '8000', { offer: 'video-only' });
    await eventually(() => mute.state === 'ended');
    expect(mute.status).toBe(488);
    expect(await house.calls('fromNumber=13800000021')).toEqual([]);
    expect(agent.phase()).toBeNull();
  });

  it('gives the customer to another agent when the first one’s tab closes while talking', async () => {
    const first = await house.agent('801');
    const customer = await house.customer('13800000030');
    await first.answers();
    const second = await house.agent('802');
    first.socket.close();
    first.phone.call?.hangUp();
    await second.answers();
    expect(customer.state).toBe('up');
    customer.hangUp();
    await second.wrapsUp();
    const record = await house.recordWith('13800000030', 'answered');
    expect(kinds(record)).toContain('agent.lost');
    expect(record.agents.map(({ agentNumber }) => agentNumber)).toEqual(['801', '802']);
    // The record of what was said is still owed: the first agent finds it on coming back, and is free after it.
    const back = await house.agent('801');
    await back.wrapsUp();
    await eventually(() => back.presence === 'ready');
  });

  it('passes a ringing call on when the agent’s tab closes', async () => {
    const first = await house.agent('803');
    const customer = await house.customer('13800000031');
    await first.rings();
    const second = await house.agent('804');
    first.socket.close();
    await second.answers();
    customer.hangUp();
    await second.wrapsUp();
    const record = await house.recordWith('13800000031', 'answered');
    expect(record.timeline.find(({ kind }) => kind === 'ring.missed')?.data).toMatchObject({
      why: 'device-lost',
    });
  });
});
