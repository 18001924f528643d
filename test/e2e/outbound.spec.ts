import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { eventually } from '../support/eventually.js';
import { House, kinds, verdict } from './house.js';
import { agentHz, customerHz, heard } from './voices.js';

jest.setTimeout(60_000);

const number = '13912345678';

describe('an outbound call through the real exchange', () => {
  let house: House;
  beforeAll(async () => {
    house = await House.open();
  }, 60_000);
  afterEach(() => house.clear());
  afterAll(() => house.close());

  it('rings the number with the house’s own, and is a call like any other', async () => {
    const agent = await house.agent('801');
    const outside = house.outside(number, 'rings');
    const callId = await agent.dials('139 1234 5678', agentHz, '核对入住日期');
    const customer = await outside.call();
    expect(customer.remoteNumber).toBe('01065540000');
    await eventually(() => agent.desk?.dial?.ringingAt != null, { what: 'the desk shows that it rings' });
    expect(agent.desk).toMatchObject({ direction: 'outbound', state: 'dialling', fromNumber: '139****5678' });
    customer.answer();
    customer.rtp.tone(customerHz);
    const desk = agent.phone.call;
    if (!desk) throw new Error('the agent has no call');
    await heard('they talk', [customer, agentHz], [desk, customerHz]);
    await agent.holds();
    await agent.resumes();
    customer.hangUp();
    await agent.wrapsUp();
    const record = await house.recordOf(callId);
    expect(record).toMatchObject({ direction: 'outbound', outcome: 'answered', endedBy: 'customer' });
    const order = kinds(record).filter((kind) => kind.startsWith('dial.') || kind === 'talk.started');
    expect(order).toEqual(['dial.prepared', 'dial.started', 'dial.ringing', 'dial.answered', 'talk.started']);
    expect(verdict(record, '801', '25', 'prepared')).toBe('pass dial.prepared');
    expect(verdict(record, '801', '25', 'record')).toBe('pass record.complete');
    expect(verdict(record, '801', '26.1', 'rings')).toBe('not-applicable inbound-only');
    expect(verdict(record, '801', '26.2')).toBe('not-determinable transcript-missing');
    expect(verdict(record, '801', '27.2')).toBe('pass ending.customer-first');
    await eventually(async () => (await house.recordOf(callId)).recordings[0]?.state === 'stored', {
      withinMs: 20_000,
      what: 'the recording is stored',
    });
  });

  it.each([
    [486, 'busy'],
    [603, 'rejected'],
    [480, 'no-answer'],
    [404, 'unknown-number'],
    [503, 'unreachable'],
  ] as const)('tells why nobody answered: %i is %s', async (status, why) => {
    const agent = await house.agent('801');
    house.outside(number, status);
    const callId = await agent.dials(number);
    await agent.shows('wrap-up');
    expect(agent.desk?.dial?.refused).toBe(why);
    await agent.wrapsUp();
    const record = await house.recordOf(callId);
    expect(record.outcome).toBe('not-reached');
    expect(record.timeline.find(({ kind }) => kind === 'dial.refused')?.data).toMatchObject({
      why,
      sipStatus: status,
    });
    expect(verdict(record, '801', '25', 'prepared')).toBe('pass dial.prepared');
    expect(verdict(record, '801', '27.2')).toBe('not-applicable dial.not-reached');
    expect(verdict(record, '801', '26.9')).toBe('not-applicable dial.not-reached');
  });

  it('can be given up while it rings', async () => {
    const agent = await house.agent('801');
    const outside = house.outside(number, 'rings');
    await agent.dials(number);
    const customer = await outside.call();
    await eventually(() => agent.desk?.dial?.ringingAt != null);
    await agent.does('hang-up-call');
    await eventually(() => customer.state === 'ended', { what: 'the phone stops ringing' });
    await agent.wrapsUp();
  });

  it('is refused to what the role may not dial, without any phone ringing', async () => {
    const agent = await house.agent('801');
    const refused = async (typed: string, purpose = 'call-back', points = '确认到店时间') => {
      const answer = await agent.socket.command('dial-number', { number: typed, purpose, points });
      return answer.ok ? 'done' : answer.refusal.code;
    };
    expect(await refused('0033142685300')).toBe('dial.not-allowed');
    expect(await refused('+1 900 555 0100')).toBe('dial.not-allowed');
    expect(await refused('16812345')).toBe('dial.not-allowed');
    expect(await refused('8000')).toBe('dial.own-number');
    expect(await refused('please')).toBe('dial.not-a-number');
    expect(await refused(number, 'because')).toBe('dial.purpose-unknown');
    expect(await refused(number, 'call-back', ' ')).toBe('dial.points-missing');
    expect(agent.phone.calls).toEqual([]);
    expect(agent.presence).toBe('ready');
    const customer = await house.customer('13800003001');
    await agent.answers();
    expect(await refused(number)).toBe('dial.busy');
    customer.hangUp();
    await agent.wrapsUp();
  });
});
