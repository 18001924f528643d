import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { eventually } from '../support/eventually.js';
import { type House, verdict } from './house.js';
import { TransferHouse } from './transfer-house.js';
import { agentHz, colleagueHz, customerHz, heard, outsideHz } from './voices.js';

jest.setTimeout(60_000);

describe('a conference', () => {
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

  it('of three and more: everybody hears the others, one can be dropped, the agent can leave', async () => {
    const { first, desk, customer } = await talk('13800001009');
    const second = await house.agent('802');
    await first.invites(agent('802'));
    const colleague = await second.answers(colleagueHz);
    await heard(
      'all three talk',
      [customer, agentHz, colleagueHz],
      [desk, customerHz, colleagueHz],
      [colleague, customerHz, agentHz],
    );
    const hold = { reason: 'check-record', consent: true, limitMs: 30_000 };
    expect(await first.refused('hold-call', hold)).toBe('hold.conference');
    expect(await first.refused('drop-member', { memberId: 'nobody' })).toBe('conference.member-unknown');
    const outside = house.outside('13900001111', 'rings');
    await first.invites({ kind: 'number', number: '139 0000 1111' });
    const fourth = await outside.call();
    fourth.answer();
    fourth.rtp.tone(outsideHz);
    await heard(
      'all four talk',
      [customer, agentHz, colleagueHz, outsideHz],
      [fourth, customerHz, agentHz, colleagueHz],
    );
    const member = first.desk?.members.find(({ kind }) => kind === 'outside');
    expect(member).toMatchObject({ number: '139****1111', state: 'here', droppable: true });
    await first.does('drop-member', { memberId: member?.memberId });
    await eventually(() => fourth.state === 'ended');
    await heard('three are left', [customer, agentHz, colleagueHz]);
    await first.does('leave-conference');
    await heard('the two others talk on', [customer, colleagueHz], [colleague, customerHz]);
    await first.wrapsUp();
    expect(second.desk?.seat).toBe('main');
    customer.hangUp();
    await second.wrapsUp();
    const record = await house.recordWith('13800001009', 'answered');
    expect(verdict(record, '801', '27.2')).toBe('not-applicable ending.left-conference');
    expect(verdict(record, '802', '27.2')).toBe('pass ending.customer-first');
  });

  it('comes of a consult, too', async () => {
    const { first, desk, customer } = await talk('13800001010');
    const second = await house.agent('802');
    await first.transfersTo(agent('802'));
    const colleague = await second.answersConsult(colleagueHz);
    await first.does('merge-transfer');
    await heard(
      'all three talk',
      [customer, agentHz, colleagueHz],
      [desk, customerHz, colleagueHz],
      [colleague, customerHz, agentHz],
    );
    await second.does('leave-conference');
    await second.wrapsUp();
    await heard('two are left', [customer, agentHz], [desk, customerHz]);
    customer.hangUp();
    await first.wrapsUp();
  });
});
