import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { TelephonyEngine } from '../../src/telephony/port/engine.js';
import { eventually } from '../support/eventually.js';
import { RtpStream } from '../support/phones/rtp-stream.js';
import type { SipCall } from '../support/phones/sip-call.js';
import { runSipp } from '../support/phones/sipp.js';
import { hearsTone } from '../support/phones/tone-detector.js';
import { EdgeHouse, invite, stranger } from './edge-house.js';
import type { House } from './house.js';
import type { RobotAgent } from './robot-agent.js';
import { music } from './voices.js';

jest.setTimeout(120_000);

describe('the edge of the telephony, to those who may call', () => {
  let edge: EdgeHouse;
  let house: House;
  let agent: RobotAgent;
  beforeAll(async () => {
    edge = await EdgeHouse.open();
    ({ house, agent } = edge);
  }, 60_000);
  afterEach(() => edge.clear());
  afterAll(() => house.close());

  it('takes only so many calls a second from one peer', async () => {
    await edge.bound('TRUNK_CALLS_PER_SECOND', 1);
    const flood = { scenario: 'peer-floods.xml', server: house.trunk, callsPerSecond: 100 };
    const rows = Array.from({ length: 60 }, () => ['404404', '13900000004']);
    const flooded = await runSipp({ ...flood, rows, address: '127.0.0.223' });
    // The others are answered as calls to a number that does not exist: one a second.
    expect(flooded.succeeded).toBeGreaterThan(30);
    expect(flooded.succeeded + flooded.failed).toBe(60);
    const another = await edge.raw('127.0.0.224');
    expect((await another.ask(invite('13900000005', '404404'))).status).toBe(404);
    await edge.bound('TRUNK_CALLS_PER_SECOND', 50);
    await edge.nothingHappened();
  });

  it('takes only so many calls at once from one peer', async () => {
    await edge.bound('TRUNK_CALLS_AT_ONCE', 2);
    const phone = await house.phone('13900000006');
    const calls: SipCall[] = [];
    for (let count = 0; count < 10; count += 1) calls.push(await phone.dial('8000'));
    await eventually(() => calls.filter(({ status }) => status === 503).length === 8, {
      withinMs: 10_000,
      what: 'all but two are told 503',
    });
    for (const call of calls) call.hangUp();
    await edge.bound('TRUNK_CALLS_AT_ONCE', 500);
  });

  it('takes the audio of a call from nobody but its party', async () => {
    await agent.ready();
    const customer = await house.customer('13900000007', '8000', { tone: 440 });
    const answered = await agent.answers(880);
    const bothHear = () =>
      hearsTone(answered.rtp.lastHeard(), 440) && hearsTone(customer.rtp.lastHeard(), 880);
    await eventually(bothHear, { withinMs: 10_000, what: 'both hear each other' });
    // For its first five seconds a stream may still move, as those behind a router do; 50 packets are a second.
    await eventually(() => answered.rtp.packetsOut > 275, { withinMs: 15_000 });
    const intruders: RtpStream[] = [];
    for (const [index, { rtp }] of [customer, answered].entries()) {
      const intruder = await RtpStream.open(stranger(20 + index));
      edge.keep(intruder);
      intruders.push(intruder);
      intruder.tone(1_600);
      intruder.sendTo(rtp.peer.address, rtp.peer.port);
    }
    await eventually(() => intruders.every(({ packetsOut }) => packetsOut > 75), { withinMs: 10_000 });
    for (const { rtp } of [customer, answered]) expect(hearsTone(rtp.lastHeard(1_000), 1_600)).toBe(false);
    await eventually(bothHear, { what: 'both still hear each other while the intruders send' });
    expect(intruders.map(({ packetsIn }) => packetsIn)).toEqual([0, 0]);
    customer.hangUp();
    await agent.shows('wrap-up');
  });

  // The last one: an exchange that is connected anew is told every softphone's account, a browser's, anew.
  it('takes no more calls at once while nobody is connected, and lets those wait with music', async () => {
    await edge.bound('TRUNK_CALLS_AT_ONCE', 2);
    const engine = house.api.get(TelephonyEngine);
    await engine.stop();
    const phone = await house.phone('13900000008');
    const calls: SipCall[] = [];
    for (let count = 0; count < 5; count += 1) calls.push(await phone.dial('8000'));
    await eventually(() => calls.every(({ status }) => status === 200 || status === 503), {
      withinMs: 10_000,
      what: 'each of them is taken or told 503',
    });
    const taken = calls.filter(({ status }) => status === 200);
    expect(taken).toHaveLength(2);
    for (const call of taken) await music(call.rtp);
    for (const call of calls) call.hangUp();
    await edge.bound('TRUNK_CALLS_AT_ONCE', 500);
    await engine.start();
    await eventually(async () => (await house.api.read('/api/health')).status === 200);
  });
});
