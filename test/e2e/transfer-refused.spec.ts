import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { DataSource } from 'typeorm';
import type { TargetWish } from '../../src/contracts/transfer.js';
import { queueEntity } from '../../src/routing/queue.entity.js';
import { eventually } from '../support/eventually.js';
import { type House, kinds, verdict } from './house.js';
import { TransferHouse } from './transfer-house.js';
import { agentHz, customerHz, heard } from './voices.js';

jest.setTimeout(60_000);

describe('a warm transfer that is not to be', () => {
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

  it('is refused with the reason, and nothing happens to the customer', async () => {
    const { first, desk, customer } = await talk('13800001008');
    const wish = { reason: 'specialist', consent: true };
    const refused = (target: TargetWish, more: object = {}) =>
      first.refused('transfer-call', { ...wish, target, ...more });
    expect(await refused(agent('801'))).toBe('transfer.to-oneself');
    expect(await refused(agent('802'))).toBe('transfer.target-not-ready');
    expect(await refused({ kind: 'agent', agentId: crypto.randomUUID() })).toBe('transfer.target-unknown');
    expect(await refused({ kind: 'number', number: '0033142685300' })).toBe('dial.not-allowed');
    expect(await refused({ kind: 'number', number: '16812345' })).toBe('dial.not-allowed');
    expect(await refused({ kind: 'number', number: 'front desk' })).toBe('dial.not-a-number');
    expect(await refused({ kind: 'number', number: '8000' })).toBe('dial.own-number');
    const empty = { id: crypto.randomUUID(), name: '夜班', number: '8009' };
    await house.api.get(DataSource).getRepository(queueEntity).insert(empty);
    await eventually(
      async () => (await refused({ kind: 'queue', queueId: empty.id })) === 'transfer.queue-without-members',
      { withinMs: 10_000, everyMs: 1_000, what: 'the new queue is known, and has nobody' },
    );
    const invite = { ...wish, target: { kind: 'number', number: '0033142685300' } };
    expect(await first.refused('invite-to-call', invite)).toBe('dial.not-allowed');
    const second = await house.agent('802');
    expect(await refused(agent('802'), { reason: 'tired' })).toBe('transfer.reason-unknown');
    expect(await refused(agent('802'), { consent: false })).toBe('transfer.no-consent');
    await heard('the customer heard nothing of it', [customer, agentHz], [desk, customerHz]);
    expect(second.phase()).toBeNull();
    await first.transfersTo(agent('802'));
    expect(await refused(agent('802'))).toBe('transfer.already-in-call');
    expect(await refused({ kind: 'number', number: '8101' })).toBe('call.not-allowed-now');
    const callId = first.desk?.callId;
    await second.rings();
    expect(await second.refused('complete-transfer', {}, callId)).toBe('transfer.none');
    await first.does('withdraw-transfer');
    await heard('the customer is back', [customer, agentHz], [desk, customerHz]);
    await eventually(() => second.presence === 'ready');
    customer.hangUp();
    await first.wrapsUp();
    const record = await house.record('13800001008');
    expect(kinds(record)).toContain('transfer.declined');
    expect(verdict(record, '801', '26.7')).toBe('pass transfer.came-back');
  });

  it('is not begun when the customer does not agree, which is as the standard asks', async () => {
    const { first, customer } = await talk('13800001011');
    await house.agent('802');
    const wish = { target: agent('802'), reason: 'specialist', consent: false };
    expect(await first.refused('transfer-call', wish)).toBe('transfer.no-consent');
    customer.hangUp();
    await first.wrapsUp();
    const record = await house.recordWith('13800001011', 'answered');
    expect(verdict(record, '801', '24.13')).toBe('pass transfer.refusal-respected');
    expect(verdict(record, '801', '26.6')).toBe('pass transfer.refusal-respected');
    expect(verdict(record, '801', '26.7')).toBe('not-applicable transfer.none');
  });
});
