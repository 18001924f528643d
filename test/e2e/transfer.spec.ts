import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { CallDetail } from '../../src/contracts/call.js';
import type { TargetWish } from '../../src/contracts/transfer.js';
import { eventually } from '../support/eventually.js';
import { type House, kinds, verdict } from './house.js';
import { TransferHouse } from './transfer-house.js';
import { agentHz, colleagueHz, customerHz, heard, music, outsideHz } from './voices.js';

jest.setTimeout(60_000);

/** The transfer's part of a record. */
const told = (record: CallDetail) =>
  kinds(record).filter((kind) =>
    /^(transfer|consult|charge|party|member|customer\.h|queue|agent\.l)/.test(kind),
  );

describe('a warm transfer through the real exchange', () => {
  let house: House;
  let rig: TransferHouse;
  beforeAll(async () => {
    rig = await TransferHouse.open();
    house = rig.house;
  }, 60_000);
  afterEach(() => house.clear());
  afterAll(() => house.close());

  const agent = (number: string) => rig.agent(number);
  const talk = (fromNumber: string) => rig.talk(fromNumber);

  it('goes to a colleague who was briefed: nobody is in silence and nobody hears what is not theirs', async () => {
    const { first, desk, customer } = await talk('13800001001');
    const second = await house.agent('802');
    await first.transfersTo(agent('802'));
    await music(customer);
    expect(await first.refused('complete-transfer')).toBe('transfer.not-answered');
    const consult = await second.answersConsult(colleagueHz);
    expect(second.desk?.briefing).toMatchObject({
      fromAgentNumber: '801',
      topic: '退房时间',
      reason: 'specialist',
    });
    await heard('the two agents talk', [desk, colleagueHz], [consult, agentHz]);
    await music(customer);
    await first.does('complete-transfer');
    await heard('the customer talks with the colleague', [customer, colleagueHz], [consult, customerHz]);
    await eventually(() => desk.state === 'ended');
    await first.wrapsUp();
    expect(second.desk).toMatchObject({ seat: 'main', phase: 'talking' });
    customer.hangUp();
    await second.wrapsUp();
    const record = await house.recordWith('13800001001', 'answered');
    expect(told(record)).toEqual([
      'queue.entered',
      'transfer.requested',
      'consult.started',
      'transfer.answered',
      'transfer.completed',
      'charge.passed',
    ]);
    expect(record.agents.map(({ agentNumber }) => agentNumber)).toEqual(['801', '802']);
    expect(record.endedBy).toBe('customer');
    const ofFirst = (clause: string, part = '') => verdict(record, '801', clause, part);
    const ofSecond = (clause: string, part = '') => verdict(record, '802', clause, part);
    expect(ofFirst('24.13')).toBe('pass consent.all-given');
    expect(ofFirst('24.14', 'each')).toBe('pass hold.within-ceiling');
    expect(ofFirst('26.4')).toBe('pass hold.promise-kept');
    expect(ofFirst('26.6')).toBe('pass transfer.all-consented');
    expect(ofFirst('26.7')).toBe('pass transfer.answered-first');
    expect(ofFirst('26.8', 'speaks')).toBe('not-applicable take-over.none');
    expect(ofFirst('23.15')).toBe('not-applicable ending.transferred');
    expect(ofSecond('26.1', 'rings')).toBe('pass rings.within');
    expect(ofSecond('26.1', 'greeting')).toBe('not-applicable greeting.by-colleague');
    expect(ofSecond('26.7')).toBe('not-applicable transfer.none');
    expect(ofSecond('26.8', 'speaks')).toBe('pass take-over.spoke');
    expect(ofSecond('26.8', 'words')).toBe('not-determinable transcript-missing');
    expect(ofSecond('27.2')).toBe('pass ending.customer-first');
    expect(record.verdicts).toEqual(record.handlings.at(-1)?.verdicts);
  });

  it('goes on after a swap to the customer and back, and comes back when withdrawn', async () => {
    const { first, desk, customer } = await talk('13800001002');
    const second = await house.agent('802');
    await first.transfersTo(agent('802'));
    const consult = await second.answersConsult(colleagueHz);
    await heard('the two agents talk', [desk, colleagueHz], [consult, agentHz]);
    await first.does('swap-transfer');
    await heard('back with the customer', [customer, agentHz], [desk, customerHz]);
    await music(consult);
    await first.does('swap-transfer');
    await heard('and with the colleague again', [desk, colleagueHz], [consult, agentHz]);
    await music(customer);
    await first.does('withdraw-transfer');
    await heard('the customer is back', [customer, agentHz], [desk, customerHz]);
    await second.shows(null);
    await eventually(() => second.presence === 'ready');
    customer.hangUp();
    await first.wrapsUp();
    const record = await house.recordWith('13800001002', 'answered');
    expect(verdict(record, '801', '26.7')).toBe('pass transfer.came-back');
    expect(verdict(record, '802', '26.8', 'speaks')).toBe('not-applicable consult.only');
    expect(record.verdicts).toEqual(record.handlings[0]?.verdicts);
  });

  it('fails without loss when the colleague rejects, does not answer, or goes during the consult', async () => {
    const { first, desk, customer } = await talk('13800001003');
    const second = await house.agent('802');
    await first.transfersTo(agent('802'));
    await second.rings();
    await second.does('reject-call');
    await eventually(() => first.desk?.transferFailed?.why === 'rejected');
    await heard('the customer is back', [customer, agentHz], [desk, customerHz]);
    await second.ready();
    await first.transfersTo(agent('802'));
    await second.rings();
    await eventually(() => first.desk?.transferFailed?.why === 'no-answer', { withinMs: 20_000 });
    await heard('the customer is back again', [customer, agentHz], [desk, customerHz]);
    expect(second.presence).toBe('not-ready');
    await second.ready();
    await first.transfersTo(agent('802'));
    const consult = await second.answersConsult(colleagueHz);
    await heard('the two agents talk', [desk, colleagueHz], [consult, agentHz]);
    consult.hangUp();
    await eventually(() => first.desk?.transferFailed?.why === 'target-left');
    await heard('the customer is back once more', [customer, agentHz], [desk, customerHz]);
    customer.hangUp();
    await first.wrapsUp();
    const record = await house.recordWith('13800001003', 'answered');
    const why = record.timeline.flatMap((fact) => (fact.kind === 'transfer.failed' ? [fact.data.why] : []));
    expect(why).toEqual(['rejected', 'no-answer', 'target-left']);
    expect(verdict(record, '801', '26.6')).toBe('pass transfer.all-consented');
    expect(verdict(record, '801', '26.7')).toBe('pass transfer.came-back');
    expect(verdict(record, '801', '23.15')).toBe('pass ending.customer-first');
    expect(record.handlings[1]?.verdicts).toContainEqual(
      expect.objectContaining({ clause: '26.1', part: 'rings', finding: 'rings.rejected' }),
    );
  });

  it('is completed when the agent who asked is lost after the answer, and goes to the queue before it', async () => {
    const { first, desk, customer } = await talk('13800001004');
    const second = await house.agent('802');
    await first.transfersTo(agent('802'));
    const consult = await second.answersConsult(colleagueHz);
    await heard('the two agents talk', [desk, colleagueHz], [consult, agentHz]);
    desk.hangUp();
    await heard('the customer is with the colleague', [customer, colleagueHz], [consult, customerHz]);
    await first.wrapsUp();
    await eventually(() => first.presence === 'ready');
    await second.transfersTo(agent('801'));
    await first.rings();
    consult.hangUp();
    await music(customer);
    await second.wrapsUp();
    const third = await first.answers(agentHz);
    await heard('the queue gave the customer to the next', [customer, agentHz], [third, customerHz]);
    customer.hangUp();
    await first.wrapsUp();
    const record = await house.recordWith('13800001004', 'answered');
    expect(told(record).slice(-3)).toEqual(['agent.lost', 'transfer.failed', 'queue.entered']);
    const lostAfterAnswer = record.handlings[0]?.verdicts.find(({ clause }) => clause === '26.7');
    expect(lostAfterAnswer).toMatchObject({ outcome: 'pass', finding: 'transfer.answered-first' });
    expect(verdict(record, '802', '26.7')).toBe('fail transfer.left-before-answer');
  });

  it('ends properly when the customer goes during the consult', async () => {
    const { first, customer } = await talk('13800001005');
    const second = await house.agent('802');
    await first.transfersTo(agent('802'));
    const consult = await second.answersConsult(colleagueHz);
    customer.hangUp();
    await first.wrapsUp();
    await second.shows(null);
    await eventually(() => consult.state === 'ended' && second.presence === 'ready');
    const record = await house.recordWith('13800001005', 'answered');
    expect(told(record).slice(-2)).toEqual(['transfer.failed', 'consult.ended']);
  });

  it('goes to an outside number, whose failures are told apart', async () => {
    const { first, desk, customer } = await talk('13800001006');
    house.outside('8102', 486);
    house.outside('8103', 603);
    house.outside('8104', 480);
    const entry = (number: string): TargetWish => ({
      kind: 'department',
      entryId: rig.targets.departments.find((each) => each.number === number)?.id ?? '',
    });
    for (const [number, why] of [
      ['8102', 'busy'],
      ['8103', 'rejected'],
      ['8104', 'no-answer'],
      ['8105', 'unknown-number'],
    ] as const) {
      await first.transfersTo(entry(number));
      await eventually(() => first.desk?.transferFailed?.why === why, { what: `${number} is ${why}` });
      await heard('the customer is back', [customer, agentHz], [desk, customerHz]);
    }
    const frontDesk = house.outside('8101', 'rings');
    await first.transfersTo(entry('8101'));
    const party = await frontDesk.call();
    expect(party.remoteNumber).toBe('01065540000');
    await first.transferIs('ringing');
    await music(customer);
    party.answer();
    party.rtp.tone(outsideHz);
    await heard('the agent talks with the front desk', [desk, outsideHz], [party, agentHz]);
    await music(customer);
    await first.does('complete-transfer');
    await heard('the customer talks with the front desk', [customer, outsideHz], [party, customerHz]);
    await first.wrapsUp();
    expect(await first.refused('hang-up-call', {}, (await house.record('13800001006')).id)).not.toBe('');
    party.hangUp();
    await eventually(() => customer.state === 'ended', { what: 'the call ends with the last who talked' });
    const record = await house.recordWith('13800001006', 'answered');
    expect(record.endedBy).toBe('outside');
    expect(told(record).slice(-3)).toEqual(['transfer.completed', 'customer.handed-over', 'party.left']);
    expect(verdict(record, '801', '23.15')).toBe('not-applicable ending.transferred');
  });

  it('goes to a queue: to the next agent who is free there', async () => {
    const { first, desk, customer } = await talk('13800001007');
    await first.transfersTo({ kind: 'queue', queueId: rig.targets.queues[0]?.id ?? '' });
    await music(customer);
    await first.transferIs('waiting');
    const second = await house.agent('803');
    const consult = await second.answersConsult(colleagueHz);
    await heard('the two agents talk', [desk, colleagueHz], [consult, agentHz]);
    await first.does('complete-transfer');
    await heard('the customer is with the colleague', [customer, colleagueHz], [consult, customerHz]);
    customer.hangUp();
    await first.wrapsUp();
    await second.wrapsUp();
  });
});
