import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { DataSource } from 'typeorm';
import type { CallDetail } from '../../src/contracts/call.js';
import type { Floor } from '../../src/contracts/floor.js';
import { People } from '../../src/identity/people.js';
import { personEntity } from '../../src/identity/person.entity.js';
import { eventually } from '../support/eventually.js';
import type { SipCall } from '../support/phones/sip-call.js';
import { House, kinds, verdict } from './house.js';
import type { RobotAgent } from './robot-agent.js';
import { agentHz, colleagueHz, customerHz, heard, leadHz, music } from './voices.js';

jest.setTimeout(60_000);

const told = (record: CallDetail) =>
  kinds(record).filter((kind) => kind.startsWith('help.') || kind === 'charge.passed');

describe('a lead’s help in a live call, through the real exchange', () => {
  let house: House;
  beforeAll(async () => {
    house = await House.open();
    await secondLead();
  }, 60_000);
  afterEach(() => house.clear());
  afterAll(() => house.close());

  /** The demo hotel has one lead; big houses have several. */
  async function secondLead(): Promise<void> {
    const lead = await house.api.get(People).byLogin('lead');
    const rows = house.api.get(DataSource).getRepository(personEntity);
    await rows.insert({ ...lead, id: randomUUID(), login: 'lead2', name: '何丽', agentNumber: '799' });
  }

  async function talk(fromNumber: string): Promise<{
    agent: RobotAgent;
    desk: SipCall;
    customer: SipCall;
    callId: string;
  }> {
    const agent = await house.agent('801');
    const customer = await house.customer(fromNumber, '8000', { tone: customerHz });
    const desk = await agent.answers(agentHz);
    await heard('they talk', [customer, agentHz], [desk, customerHz]);
    return { agent, desk, customer, callId: agent.desk?.callId ?? '' };
  }

  it('listens, whispers, joins and leaves: each is heard by whom it is for, and by nobody else', async () => {
    const { agent, desk, customer, callId } = await talk('13800002001');
    const lead = await house.lead();
    const phone = await lead.helps(callId, 'listen', leadHz);
    await heard(
      'the lead hears both and nobody hears the lead',
      [phone, customerHz, agentHz],
      [customer, agentHz],
      [desk, customerHz],
    );
    expect(agent.desk?.helpers).toEqual([]);
    await lead.socket.done('help-call', { callId, mode: 'whisper' });
    await lead.helpIs('whisper');
    await heard(
      'the agent alone hears the lead',
      [phone, customerHz, agentHz],
      [customer, agentHz],
      [desk, customerHz, leadHz],
    );
    await eventually(() => agent.desk?.helpers[0]?.mode === 'whisper', { what: 'the desk names the lead' });
    expect(agent.desk?.helpers).toEqual([{ leadName: '张慧', mode: 'whisper' }]);
    await lead.socket.done('help-call', { callId, mode: 'join' });
    await lead.helpIs('join');
    await heard(
      'everybody hears everybody',
      [phone, customerHz, agentHz],
      [customer, agentHz, leadHz],
      [desk, customerHz, leadHz],
    );
    await lead.socket.done('help-call', { callId, mode: 'listen' });
    await lead.helpIs('listen');
    await heard('the lead only listens again', [customer, agentHz], [desk, customerHz]);
    await lead.socket.done('end-help', { callId });
    await eventually(() => phone.state === 'ended' && lead.help === null);
    await heard('the talk goes on', [customer, agentHz], [desk, customerHz]);
    customer.hangUp();
    await agent.wrapsUp();
    const record = await house.recordWith('13800002001', 'answered');
    const modes = record.timeline.flatMap((fact) => (fact.kind === 'help.started' ? [fact.data.mode] : []));
    expect(modes).toEqual(['listen', 'whisper', 'join', 'listen']);
    expect(await audited(callId)).toEqual(['help.began', 'help.began', 'help.began', 'help.began']);
  });

  it('takes the customer over: the agent is out of it and both write their record', async () => {
    const { agent, desk, customer, callId } = await talk('13800002002');
    const lead = await house.lead();
    expect((await lead.socket.command('take-over-call', { callId })).ok).toBe(false);
    const phone = await lead.helps(callId, 'listen', leadHz);
    await lead.socket.done('take-over-call', { callId });
    await heard('the customer talks with the lead', [customer, leadHz], [phone, customerHz]);
    await eventually(() => desk.state === 'ended');
    await agent.wrapsUp();
    await lead.shows('talking');
    expect(lead.desk).toMatchObject({ seat: 'main', callId });
    expect(lead.help).toBeNull();
    customer.hangUp();
    await lead.wrapsUp();
    const record = await house.recordWith('13800002002', 'answered');
    expect(told(record)).toEqual([
      'help.requested',
      'help.answered',
      'help.started',
      'help.took-over',
      'charge.passed',
    ]);
    expect(record.agents.map(({ agentNumber }) => agentNumber)).toEqual(['801', '800']);
    expect(await audited(callId)).toEqual(['help.began', 'help.took-over']);
    expect(verdict(record, '801', '27.2')).toBe('not-applicable ending.taken-over');
    expect(verdict(record, '800', '26.1', 'rings')).toBe('not-applicable take-over.no-ring');
    expect(verdict(record, '800', '27.2')).toBe('pass ending.customer-first');
  });

  it('comes when the agent calls for help, which is an alarm on the floor', async () => {
    const { agent, customer, callId } = await talk('13800002003');
    const lead = await house.lead();
    await agent.does('call-for-help');
    const floor = await eventually(async () => {
      const { body } = await house.api.read('/api/floor', { cookie: lead.cookie });
      const seen = body as Floor;
      return seen.alarms.some(({ code, callId: of }) => code === 'help.called' && of === callId)
        ? seen
        : null;
    });
    expect(floor?.alarms[0]).toMatchObject({ level: 'help', clause: '20', agentNumber: '801' });
    expect(floor?.calls.find((call) => call.callId === callId)?.helpCalledAt).not.toBeNull();
    await lead.helps(callId, 'whisper', leadHz);
    await eventually(() => agent.desk?.helpers.length === 1);
    customer.hangUp();
    await agent.wrapsUp();
    const record = await house.recordOf(callId);
    expect(verdict(record, '801', '20')).toBe('for-inspector help.came');
    await eventually(() => lead.help === null && lead.phone.call === undefined);
    await eventually(() => {
      if (lead.presence !== 'not-ready') throw new Error(String(lead.presence));
      return true;
    });
  });

  it('lets two leads listen and one of them speak', async () => {
    const { agent, desk, customer, callId } = await talk('13800002004');
    const lead = await house.lead();
    const other = await house.lead('lead2', '127.0.0.99');
    const phone = await lead.helps(callId, 'whisper', leadHz);
    const refused = await other.socket.command('help-call', { callId, mode: 'join' });
    expect(refused).toMatchObject({ ok: false, refusal: { code: 'help.other-lead' } });
    const second = await other.helps(callId, 'listen', colleagueHz);
    await heard(
      'both hear the talk, the agent hears the first',
      [phone, customerHz, agentHz],
      [desk, customerHz, leadHz],
      [customer, agentHz],
    );
    await eventually(() => second.state === 'up');
    phone.hangUp();
    await eventually(() => lead.help === null);
    await other.socket.done('help-call', { callId, mode: 'join' });
    await heard('the other speaks now', [customer, agentHz, colleagueHz], [desk, customerHz, colleagueHz]);
    desk.hangUp();
    await heard(
      'the lead in the talk goes on with the customer',
      [customer, colleagueHz],
      [second, customerHz],
    );
    await other.shows('talking');
    customer.hangUp();
    await agent.wrapsUp();
    await other.wrapsUp();
  });

  it('does not take over while the customer is being passed on', async () => {
    const { agent, desk, customer, callId } = await talk('13800002005');
    const lead = await house.lead();
    await lead.helps(callId, 'listen', leadHz);
    const colleague = await house.agent('802');
    const target = await house.api.get(People).byLogin('802');
    await agent.transfersTo({ kind: 'agent', agentId: target?.id ?? '' });
    await music(customer);
    expect(await lead.socket.command('take-over-call', { callId })).toMatchObject({
      ok: false,
      refusal: { code: 'transfer.under-way' },
    });
    const consult = await colleague.answersConsult(colleagueHz);
    await agent.does('complete-transfer');
    await heard('the customer is with the colleague', [customer, colleagueHz], [consult, customerHz]);
    await eventually(() => desk.state === 'ended');
    await eventually(() => lead.help?.agentNumber === '802', { what: 'the lead goes on with the colleague' });
    await lead.helpIs('listen');
    customer.hangUp();
    await agent.wrapsUp();
    await colleague.wrapsUp();
  });

  it('is refused where it cannot be', async () => {
    const { agent, customer, callId } = await talk('13800002006');
    const code = async (answer: Promise<unknown>) => (await answer) as { refusal?: { code: string } };
    const lead = await house.lead();
    const unknown = await code(lead.socket.command('help-call', { callId: randomUUID(), mode: 'listen' }));
    expect(unknown.refusal?.code).toBe('call.not-found');
    const none = await code(lead.socket.command('end-help', { callId }));
    expect(none.refusal?.code).toBe('help.none');
    const notYours = await code(lead.socket.command('hang-up-call', { callId }));
    expect(notYours.refusal?.code).toBe('call.not-yours');
    customer.hangUp();
    await agent.shows('wrap-up');
    const ended = await code(lead.socket.command('help-call', { callId, mode: 'listen' }));
    expect(ended.refusal?.code).toBe('call.ended');
    await agent.wrapsUp();
  });

  /** What the audit log has of a call, in order. */
  async function audited(callId: string): Promise<string[]> {
    const rows: { action: string }[] = await house.api
      .get(DataSource)
      .query('select action from audit_log where subject = $1 order by at, id', [`call:${callId}`]);
    return rows.map(({ action }) => action).filter((action) => action.startsWith('help.'));
  }
});
