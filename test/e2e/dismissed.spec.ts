import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { DataSource } from 'typeorm';
import { eventually } from '../support/eventually.js';
import { RawWebSip } from '../support/phones/raw-web-sip.js';
import { House, kinds } from './house.js';
import { fullWrapUp } from './robot-agent.js';

/** The customer is not to suffer for what becomes of the agent, and nobody else is put through to them. */
describe('rights that go in the middle of a call', () => {
  let house: House;
  beforeAll(async () => {
    house = await House.open();
  }, 60_000);
  afterEach(() => house.clear());
  afterAll(() => house.close());

  it('an agent who is dismissed finishes the talk and its record, gets no other call, and is out when the record is closed', async () => {
    const agent = await house.agent('801');
    const first = await house.customer('13800000071');
    const talk = await agent.answers();
    const line = await RawWebSip.open(house.api.url, '/sip', { cookie: agent.cookie });
    if (!(line instanceof RawWebSip)) throw new Error(`no signalling: ${line}`);
    // Asked to be ready after this call: that wish is void with the dismissal.
    await agent.socket.done('set-presence', { state: 'ready' });
    await house.api.get(DataSource).query(`update people set active = false where login = '801'`);
    await eventually(() => agent.socket.last('presence.changed')?.next === 'not-ready', {
      withinMs: 1_000,
      what: 'no call follows',
    });
    const second = await house.customer('13800000072');

    await agent.holds();
    await agent.resumes();
    expect(talk.state).toBe('up');
    expect(line.closedWith).toBeUndefined();
    const code = async (name: string, payload: unknown) =>
      ((await agent.socket.raw(name, payload)) as { refusal?: { code: string } }).refusal?.code;
    expect(await code('set-presence', { state: 'ready' })).toBe('permission.denied');
    const dial = { number: '13800000073', purpose: 'call-back', points: 'x' };
    expect(await code('dial-number', dial)).toBe('permission.denied');
    const ask = (path: string) => house.api.read(path, { cookie: agent.cookie });
    expect(await ask('/api/session')).toMatchObject({ status: 200, body: { finishing: true } });
    expect((await ask('/api/calls')).status).toBe(403);
    // The page may lose its line for a moment and finds the talk again.
    await agent.comesBack();
    expect(agent.phase()).toBe('talking');

    first.hangUp();
    await agent.shows('wrap-up');
    await agent.does('complete-wrap-up', { record: fullWrapUp });
    await eventually(() => agent.socket.socket.disconnected, { withinMs: 2_000, what: 'the page is closed' });
    expect(agent.socket.last('session.ended')).toEqual({ code: 'session.withdrawn' });
    expect(await line.closed()).toBe(4401);
    expect(await ask('/api/session')).toMatchObject({ status: 401, body: { code: 'session.expired' } });
    await eventually(async () => (await agent.phone.register()) !== 200, { what: 'the account is revoked' });
    // The second customer still waits, and goes to whoever may answer.
    expect(second.state).toBe('up');
    const colleague = await house.agent('802');
    await colleague.answers();
    second.hangUp();
    await colleague.wrapsUp();
    const record = await house.recordWith('13800000072', 'answered');
    const rung = record.timeline.filter(({ kind }) => kind === 'ring.offered');
    expect(rung).toHaveLength(1);
    expect(kinds(await house.recordWith('13800000071', 'answered'))).toContain('wrap-up.completed');
  });

  it('a lead who is one no more hears nothing further of the call they came to', async () => {
    const agent = await house.agent('803');
    const lead = await house.lead();
    const customer = await house.customer('13800000074');
    await agent.answers();
    await lead.helps(agent.desk?.callId ?? '', 'listen');
    const database = house.api.get(DataSource);
    await database.query(`update people set role = 'agent' where login = 'lead'`);
    await lead.helpIs(null);
    expect(agent.phase()).toBe('talking');
    expect(await lead.refused('help-call', { mode: 'listen' }, agent.desk?.callId)).toBe('permission.denied');
    await database.query(`update people set role = 'lead' where login = 'lead'`);
    customer.hangUp();
    await agent.wrapsUp();
  });
});
