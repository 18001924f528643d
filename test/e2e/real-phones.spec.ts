import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { TargetWish, TransferTargets } from '../../src/contracts/transfer.js';
import { eventually } from '../support/eventually.js';
import { BaresipPhone } from '../support/phones/baresip-phone.js';
import { LinphonePhone } from '../support/phones/linphone-phone.js';
import type { RealPhone } from '../support/phones/real-phone.js';
import type { CallState, SipCall } from '../support/phones/sip-call.js';
import { SipRelay } from '../support/phones/sip-relay.js';
import { House, kinds } from './house.js';
import type { RobotAgent } from './robot-agent.js';
import { agentHz, customerHz, everHeard, heard, leadHz, music, outsideHz } from './voices.js';

jest.setTimeout(60_000);

const customerNumber = '13900007001';
const departmentNumber = '8101';

async function becomes(phone: RealPhone, state: CallState): Promise<void> {
  await eventually(() => phone.state === state, { withinMs: 10_000, what: `the phone is ${state}` });
}

describe('phones of other makers: baresip is the customer’s, linphone the front desk’s', () => {
  let house: House;
  let relay: SipRelay;
  let baresip: BaresipPhone;
  let linphone: LinphonePhone;
  let frontDesk: TargetWish;
  beforeAll(async () => {
    relay = await SipRelay.open('127.0.0.252');
    house = await House.open({ peer: relay.reachedAt });
    const server = house.trunk;
    [baresip, linphone] = await Promise.all([
      BaresipPhone.start({ address: '127.0.0.201', server, user: customerNumber, tone: customerHz }),
      LinphonePhone.start({ address: '127.0.0.202', server, user: departmentNumber, tone: outsideHz }),
    ]);
    relay.connect(customerNumber, baresip);
    relay.connect(departmentNumber, linphone);
    const cookie = await house.api.signIn('806');
    const { departments } = (await house.api.read('/api/transfer-targets', { cookie }))
      .body as TransferTargets;
    const entry = departments.find(({ number }) => number === departmentNumber);
    frontDesk = { kind: 'department', entryId: entry?.id ?? '' };
  }, 60_000);
  afterEach(async () => {
    await Promise.all([baresip.clear(), linphone.clear()]);
    await house.clear();
  });
  afterAll(async () => {
    await house.close();
    await Promise.all([baresip.close(), linphone.close()]);
    relay.close();
  });

  async function talk(): Promise<{ agent: RobotAgent; desk: SipCall }> {
    const agent = await house.agent('801');
    baresip.dial('8000');
    const desk = await agent.answers(agentHz);
    await heard('they talk', [baresip, agentHz], [desk, customerHz]);
    return { agent, desk };
  }

  /** The customer presses the last of these keys, as a finger does: one after the other. */
  async function arrives(pressed: string): Promise<void> {
    baresip.sendDigits(pressed.slice(-1));
    await eventually(
      async () => {
        const { timeline } = await house.record(customerNumber);
        const digits = timeline.flatMap((fact) => (fact.kind === 'digit.received' ? [fact.data.digit] : []));
        if (digits.join('') !== pressed) throw new Error(`so far: ${digits.join('')}`);
        return true;
      },
      { what: `the record has the keys ${pressed}` },
    );
  }

  it('a customer is held with music, and put through to a department that was spoken to first', async () => {
    const { agent, desk } = await talk();
    await agent.holds();
    await music(baresip);
    await agent.resumes();
    await heard('back from the hold', [baresip, agentHz], [desk, customerHz]);
    await agent.transfersTo(frontDesk);
    await music(baresip);
    await becomes(linphone, 'ringing');
    linphone.answer();
    await heard('the agent talks with the front desk', [desk, outsideHz], [linphone, agentHz]);
    await music(baresip);
    await agent.does('complete-transfer');
    await heard('the customer talks with the front desk', [baresip, outsideHz], [linphone, customerHz]);
    await agent.wrapsUp();
    linphone.hangUp();
    await becomes(baresip, 'ended');
    const record = await house.recordWith(customerNumber, 'answered');
    expect(record.endedBy).toBe('outside');
  });

  it('three talk with one another; keypad tones go both ways', async () => {
    const { agent, desk } = await talk();
    for (const pressed of ['1', '12', '12#']) await arrives(pressed);
    await agent.does('send-digits', { digits: '40*' });
    await eventually(() => baresip.digits.join('') === '40*', { what: 'the customer gets the tones' });
    await agent.invites(frontDesk);
    await becomes(linphone, 'ringing');
    linphone.answer();
    await heard(
      'all three talk',
      [baresip, agentHz, outsideHz],
      [desk, customerHz, outsideHz],
      [linphone, customerHz, agentHz],
    );
    const memberId = agent.desk?.members.find(({ kind }) => kind === 'outside')?.memberId;
    await agent.does('drop-member', { memberId });
    await becomes(linphone, 'ended');
    await heard('two are left', [baresip, agentHz], [desk, customerHz]);
    baresip.hangUp();
    await agent.wrapsUp();
  });

  it('both parties’ own hold keys lose nobody', async () => {
    const { agent, desk } = await talk();
    baresip.hold();
    await heard('the agent hears the customer no more', [desk]);
    baresip.resume();
    await heard('the customer is back', [desk, customerHz]);
    await agent.does('send-digits', { digits: '8' });
    await eventually(() => baresip.digits.join('') === '8', { what: 'the customer is reached again' });
    await agent.transfersTo(frontDesk);
    await becomes(linphone, 'ringing');
    linphone.answer();
    await heard('the agent talks with the front desk', [desk, outsideHz], [linphone, agentHz]);
    linphone.hold();
    await heard('the front desk looks something up', [desk]);
    linphone.resume();
    await heard('and is back', [desk, outsideHz], [linphone, agentHz]);
    await agent.does('send-digits', { digits: '9' });
    await eventually(() => linphone.digits.join('') === '9', { what: 'the front desk gets the tone' });
    await agent.does('complete-transfer');
    await heard('the front desk talks with the customer', [linphone, customerHz]);
    await agent.wrapsUp();
    baresip.hangUp();
    await becomes(linphone, 'ended');
    await house.recordWith(customerNumber, 'answered');
  });

  it('the customer never hears the whisper of a lead, and hears one who joins and takes over', async () => {
    const { agent, desk } = await talk();
    const lead = await house.lead();
    const callId = agent.desk?.callId ?? '';
    const phone = await lead.helps(callId, 'listen', leadHz);
    await heard('the lead hears both', [phone, customerHz, agentHz], [baresip, agentHz], [desk, customerHz]);
    await lead.socket.done('help-call', { callId, mode: 'whisper' });
    await heard('the agent alone hears the lead', [desk, customerHz, leadHz], [baresip, agentHz]);
    const whisperedFrom = baresip.allHeard().length;
    await eventually(() => baresip.allHeard().length > whisperedFrom + 8_000, { what: 'a second goes by' });
    expect(everHeard(baresip.allHeard(), leadHz)).toBe(false);
    await lead.socket.done('help-call', { callId, mode: 'join' });
    await heard('everybody hears everybody', [baresip, agentHz, leadHz], [desk, customerHz, leadHz]);
    await lead.socket.done('take-over-call', { callId });
    await heard('the customer talks with the lead', [baresip, leadHz], [phone, customerHz]);
    await agent.wrapsUp();
    baresip.hangUp();
    await lead.wrapsUp();
    expect(kinds(await house.recordWith(customerNumber, 'answered'))).toContain('help.took-over');
  });

  it('an outbound call is answered, found busy, or declined, as the phone does it', async () => {
    const agent = await house.agent('801');
    await agent.dials(departmentNumber, agentHz);
    await becomes(linphone, 'ringing');
    linphone.answer();
    const desk = agent.phone.call;
    if (!desk) throw new Error('the agent has no call');
    await heard('they talk', [linphone, agentHz], [desk, outsideHz]);
    const other = await house.agent('802');
    const why = async (caller: RobotAgent) => {
      await caller.shows('wrap-up');
      const refused = caller.desk?.dial?.refused;
      await caller.wrapsUp();
      return refused;
    };
    await other.dials(departmentNumber);
    expect(await why(other)).toBe('busy');
    linphone.hangUp();
    await agent.wrapsUp();
    await agent.dials(departmentNumber);
    await becomes(linphone, 'ringing');
    linphone.reject();
    expect(await why(agent)).toBe('rejected');
    await agent.dials(customerNumber);
    await becomes(baresip, 'ringing');
    baresip.reject();
    expect(await why(agent)).toBe('busy');
  });
});
