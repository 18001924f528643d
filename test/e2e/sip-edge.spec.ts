import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { sipText } from '../builders/sip-text.js';
import { type Wish } from '../support/phones/raw-sip.js';
import type { SipMessage } from '../support/phones/sip-message.js';
import { runSipp } from '../support/phones/sipp.js';
import { EdgeHouse, invite, stranger } from './edge-house.js';
import type { House } from './house.js';
import type { RobotAgent } from './robot-agent.js';

jest.setTimeout(120_000);

const others: readonly Omit<Wish, 'from'>[] = [
  { method: 'REGISTER' },
  { method: 'OPTIONS' },
  { method: 'SUBSCRIBE', headers: [['event', 'presence']] },
  { method: 'MESSAGE', headers: [['content-type', 'text/plain']], body: '你好' },
  { method: 'REFER', headers: [['refer-to', '<sip:8000@127.0.0.1>']] },
  { method: 'PUBLISH', headers: [['event', 'presence']] },
  { method: 'NOTIFY', headers: [['event', 'presence']] },
  { method: 'INFO' },
  { method: 'UPDATE' },
];

/** An answer without what is new each time. */
function shape({ status, reason, headers }: SipMessage): unknown {
  const changing = new Set(['via', 'to', 'from', 'call-id', 'date']);
  const steady = headers.map(([name, value]) => [
    name,
    changing.has(name) ? '' : value.replace(/(nonce|opaque)="[^"]*"/g, '$1=""'),
  ]);
  return { status, reason, steady };
}

describe('the edge of the telephony, to those who have no business here', () => {
  let edge: EdgeHouse;
  let house: House;
  let agent: RobotAgent;
  beforeAll(async () => {
    edge = await EdgeHouse.open();
    ({ house, agent } = edge);
  }, 60_000);
  afterEach(async () => {
    try {
      await edge.nothingHappened();
    } finally {
      edge.clear();
    }
  });
  afterAll(() => house.close());

  it('asks every stranger for a proof, whatever they want, and tells nobody which accounts exist', async () => {
    const somebody = await edge.raw(stranger(10));
    for (const wish of [invite(''), ...others] as Omit<Wish, 'from'>[]) {
      const answers: unknown[] = [];
      for (const from of ['nobody', agent.phone.options.user, 'trunk', 'anonymous'])
        answers.push(shape(await somebody.ask({ ...wish, from, to: wish.to ?? from })));
      expect([wish.method, answers[0]]).toMatchObject([wish.method, { status: 401 }]);
      for (const answer of answers) expect([wish.method, answer]).toEqual([wish.method, answers[0]]);
    }
    for (const method of ['BYE', 'CANCEL'])
      expect(await somebody.ask({ method, from: 'nobody' })).toMatchObject({ status: 481 });
    expect(await house.calls()).toEqual([]);
  });

  it('refuses calls of strangers that SIPp makes, and rings nobody', async () => {
    const rows = ['8000', '013800138000', agent.phone.options.user].map((to) => [to, '13900000001']);
    const run = { scenario: 'stranger-invites.xml', server: house.trunk, callsPerSecond: 5 };
    expect(await runSipp({ ...run, rows, address: stranger(11) })).toMatchObject({
      succeeded: 3,
      failed: 0,
    });
    expect(await house.calls()).toEqual([]);
  });

  it('lets the carrier bring calls, and nothing else', async () => {
    const carrier = await edge.raw('127.0.0.220');
    const answers: Record<string, number | undefined> = {};
    for (const wish of others)
      answers[wish.method] = (await carrier.ask({ ...wish, from: '13900000002' })).status;
    expect(answers).toEqual({
      REGISTER: 403,
      OPTIONS: 200,
      SUBSCRIBE: 603,
      MESSAGE: 501,
      REFER: 501,
      PUBLISH: 489,
      NOTIFY: 501,
      INFO: 501,
      UPDATE: 501,
    });
    // Neither on to the outside, nor past the queue to an agent's own phone.
    for (const to of ['013800138000', '+8613800138000', agent.phone.options.user])
      expect([to, (await carrier.ask(invite('13900000002', to))).status]).toEqual([to, 404]);
    // The name of an account needs that account's proof, from wherever it comes.
    expect(await carrier.ask(invite(agent.phone.options.user))).toMatchObject({ status: 401 });
  });

  it('gives a web phone of a guest the service number only, under its own name only', async () => {
    const account = await edge.guest();
    const other = await edge.guest();
    const page = await edge.web(account.socketPath);
    const proof = { user: account.deviceId, secret: account.secret };
    const status = async (wish: Wish, given = proof) => (await page.ask(wish, given))?.status;
    for (const to of ['013800138000', '801', '8001', agent.phone.options.user, other.deviceId])
      expect([to, await status(invite(account.deviceId, to))]).toEqual([to, 403]);
    const stolen = { user: other.deviceId, secret: other.secret };
    expect(await status(invite(other.deviceId), stolen)).toBe(403);
    for (const from of [agent.phone.options.user, 'trunk', 'nobody', 'anonymous'])
      for (const method of ['REGISTER', 'INVITE', 'OPTIONS'])
        expect([from, method, await status({ method, from })]).toEqual([from, method, 403]);
    for (const method of ['SUBSCRIBE', 'MESSAGE', 'REFER', 'PUBLISH', 'NOTIFY'])
      expect([method, await status({ method, from: account.deviceId })]).toEqual([method, 405]);
    expect((await house.calls()).map(({ fromNumber }) => fromNumber)).not.toContain(account.deviceId);
  });

  it('has nothing to say to messages that are no SIP, at the trunk', async () => {
    for (const address of [stranger(12), '127.0.0.221']) {
      const thrower = await edge.raw(address);
      const call = thrower.text(invite('13900000003'));
      const bad: (string | Buffer)[] = [
        Buffer.from([0, 1, 2, 255, 254, 0, 0]),
        'INVITE sip:8000@127.0.0.1 SIP/2.0\r\n\r\n',
        call.replace(/content-length: \d+/, 'content-length: -1'),
        call.replace('SIP/2.0\r\n', 'SIP/9.9\r\n'),
        call.replace(/call-id: .*\r\n/, ''),
        call.replace('INVITE sip:', 'INVITE '),
        `${'A'.repeat(60_000)}\r\n\r\n`,
      ];
      for (const data of bad) {
        const said = (await thrower.throws(data)).map(({ status }) => status ?? 0);
        expect(said.filter((status) => status < 400)).toEqual([]);
      }
      const huge = thrower.text({
        ...invite('13900000003', '404404'),
        headers: [['x-big', 'a'.repeat(60_000)]],
      });
      await thrower.throws(huge);
    }
  });

  it('hangs up on messages that are no SIP, at the softphones’ door', async () => {
    const account = await edge.guest();
    const bad = [
      'hello',
      '\0\x01\x02\r\n\r\n',
      'INVITE sip:8000@sanling SIP/2.0\r\n\r\n',
      'GET / HTTP/1.1\r\n\r\n',
    ];
    for (const text of bad) {
      const page = await edge.web(account.socketPath);
      page.send(text);
      expect([text, await page.closed()]).toEqual([text, 4400]);
    }
    const page = await edge.web(account.socketPath);
    page.send('x'.repeat(100_000));
    expect(await page.closed()).toBe(1009);
    const flooding = await edge.web(account.socketPath);
    for (let count = 0; count < 100; count += 1)
      flooding.send(sipText('OPTIONS', { callId: `Call-ID: ${count}` }));
    expect(await flooding.closed()).toBe(4429);
  });

  it('never writes a secret into a log', () => edge.expectNoSecretInLogs());
});
