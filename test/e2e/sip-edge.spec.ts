import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { type GuestAccount, guestAccountSchema } from '../../src/contracts/softphone.js';
import { freeFailures } from '../../src/edge/domain/back-off.js';
import { TelephonyEngine } from '../../src/telephony/port/engine.js';
import { eventually } from '../support/eventually.js';
import { askAsterisk, whatAsteriskHolds } from '../support/phones/asterisk-rest.js';
import { RawSip, type Wish } from '../support/phones/raw-sip.js';
import { RawWebSip } from '../support/phones/raw-web-sip.js';
import { RtpStream } from '../support/phones/rtp-stream.js';
import { writeSdp } from '../support/phones/sdp.js';
import type { SipCall } from '../support/phones/sip-call.js';
import type { SipMessage } from '../support/phones/sip-message.js';
import { runSipp } from '../support/phones/sipp.js';
import { hearsTone } from '../support/phones/tone-detector.js';
import type { SocketClient } from '../support/socket-client.js';
import { House } from './house.js';
import type { RobotAgent } from './robot-agent.js';
import { music } from './voices.js';

jest.setTimeout(120_000);

/** Outside the trunk's half of loopback. */
const stranger = (host: number) => `127.128.0.${host}`;
const sdp = writeSdp(stranger(1), 40_000, 1);
const invite = (from: string, to = '8000'): Wish => ({
  method: 'INVITE',
  from,
  to,
  headers: [['content-type', 'application/sdp']],
  body: sdp,
});
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

describe('the edge of the telephony', () => {
  let house: House;
  let agent: RobotAgent;
  let lead: SocketClient;
  const log: string[] = [];
  const guests: GuestAccount[] = [];
  const open: { close(): void }[] = [];

  beforeAll(async () => {
    house = await House.open({ logTo: { write: (line) => log.push(line) } });
    agent = await house.agent('801');
    lead = await house.api.socketFor(await house.api.signIn('supervisor'));
    await lead.done('watch-floor', {});
  }, 60_000);
  afterEach(() => {
    for (const one of open.splice(0)) one.close();
  });
  afterAll(() => house.close());

  /** Nothing rang, nothing was dialled, nothing is on record, nothing is left in the exchange. */
  async function nothingHappened(): Promise<void> {
    await eventually(
      async () => {
        const left = (await whatAsteriskHolds(house.services)).filter((line) => line.startsWith('channel'));
        if (left.length > 0) throw new Error(left.join('\n'));
        return true;
      },
      { withinMs: 15_000, what: 'no channel is left' },
    );
    expect(agent.phone.calls).toEqual([]);
    expect(house.dialledOutside()).toEqual([]);
    const calls = await house.calls();
    expect(calls.filter(({ outcome }) => outcome === 'answered')).toEqual([]);
  }

  /** Sets a bound of the trunk's in the running exchange. */
  async function bound(variable: string, value: number): Promise<void> {
    await askAsterisk(house.services, 'POST', `asterisk/variable?variable=${variable}&value=${value}`);
  }

  async function raw(address: string): Promise<RawSip> {
    const made = await RawSip.open(address, house.trunk);
    open.push(made);
    return made;
  }

  async function guest(): Promise<GuestAccount> {
    const account = guestAccountSchema.parse((await house.api.post('/api/guest')).body);
    guests.push(account);
    return account;
  }

  async function web(path: string): Promise<RawWebSip> {
    const made = await RawWebSip.open(house.api.url, path);
    if (typeof made === 'number') throw new Error(`refused with ${made}`);
    open.push(made);
    return made;
  }

  describe('to those who have no business here', () => {
    afterEach(nothingHappened);

    it('asks every stranger for a proof, whatever they want, and tells nobody which accounts exist', async () => {
      const somebody = await raw(stranger(10));
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
      const carrier = await raw('127.0.0.220');
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
      const account = await guest();
      const other = await guest();
      const page = await web(account.socketPath);
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
        const thrower = await raw(address);
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
      const account = await guest();
      const bad = [
        'hello',
        '\0\x01\x02\r\n\r\n',
        'INVITE sip:8000@sanling SIP/2.0\r\n\r\n',
        'GET / HTTP/1.1\r\n\r\n',
      ];
      for (const text of bad) {
        const page = await web(account.socketPath);
        page.send(text);
        expect([text, await page.closed()]).toEqual([text, 4400]);
      }
      const page = await web(account.socketPath);
      page.send('x'.repeat(100_000));
      expect(await page.closed()).toBe(1009);
      const flooding = await web(account.socketPath);
      for (let count = 0; count < 100; count += 1)
        flooding.send(
          `OPTIONS sip:sanling SIP/2.0\r\nVia: SIP/2.0/WS x;branch=z9hG4bK${count}\r\nFrom: <sip:x@x>;tag=1\r\nTo: <sip:x@x>\r\nCall-ID: ${count}\r\nCSeq: 1 OPTIONS\r\n\r\n`,
        );
      expect(await flooding.closed()).toBe(4429);
    });

    it('shuts out who guesses at secrets over the trunk, tells it, and spares the carrier', async () => {
      const guesses = { scenario: 'stranger-guesses.xml', server: house.trunk, callsPerSecond: 10 };
      const user = agent.phone.options.user;
      const rows = (count: number) =>
        Array.from({ length: count }, (_, n) => [
          user,
          `[authentication username=${user} password=guess-${n}]`,
        ]);
      const address = stranger(13);
      await runSipp({ ...guesses, rows: rows(freeFailures + 1), address });
      const guesser = await raw(address);
      await eventually(
        async () => (await guesser.ask({ method: 'OPTIONS', from: 'nobody' })).status === 403,
        {
          what: 'the guesser is shut out',
        },
      );
      expect((await guesser.ask(invite(agent.phone.options.user))).status).toBe(403);
      const alarm = await eventually(
        () => lead.last('floor.changed')?.alarms.find(({ detail }) => detail === address),
        { what: 'the supervisor is alarmed' },
      );
      expect(alarm).toMatchObject({ code: 'edge.attacked', level: 'breach', callId: null, agentId: null });
      const told = log.filter((line) => line.includes('"context":"Security"') && line.includes(address));
      expect(told.join('')).toContain(`refused from ${address} over trunk: failure 5, shut out for 4 s`);
      expect(await raw(stranger(14)).then((one) => one.ask({ method: 'OPTIONS', from: 'x' }))).toMatchObject({
        status: 401,
      });
      const asCarrier = await runSipp({ ...guesses, rows: rows(freeFailures + 3), address: '127.0.0.222' });
      expect(asCarrier).toMatchObject({ succeeded: freeFailures + 3 });
      expect(await raw('127.0.0.222').then((one) => one.ask({ method: 'OPTIONS', from: 'x' }))).toMatchObject(
        {
          status: 200,
        },
      );
      // The shut-out ends by itself.
      await eventually(
        async () => (await guesser.ask({ method: 'OPTIONS', from: 'nobody' })).status === 401,
        {
          withinMs: 15_000,
          what: 'the guesser is let in again',
        },
      );
    });

    it('shuts out who guesses at secrets through the softphones’ door', async () => {
      const account = await guest();
      const page = await web(account.socketPath);
      const register: Wish = { method: 'REGISTER', from: account.deviceId };
      for (let count = 0; count <= freeFailures && page.closedWith === undefined; count += 1)
        await page.ask(register, { user: account.deviceId, secret: `guess-${count}` });
      expect(await page.closed()).toBe(4429);
      expect(await RawWebSip.open(house.api.url, account.socketPath)).toBe(429);
      await eventually(
        async () => {
          const again = await RawWebSip.open(house.api.url, account.socketPath);
          if (typeof again === 'number') return false;
          open.push(again);
          return true;
        },
        { withinMs: 15_000, what: 'the page is let in again' },
      );
    });

    it('takes only so many calls a second from one peer', async () => {
      await bound('TRUNK_CALLS_PER_SECOND', 1);
      const flood = { scenario: 'peer-floods.xml', server: house.trunk, callsPerSecond: 100 };
      const rows = Array.from({ length: 60 }, () => ['404404', '13900000004']);
      const flooded = await runSipp({ ...flood, rows, address: '127.0.0.223' });
      // The others are answered as calls to a number that does not exist: one a second.
      expect(flooded.succeeded).toBeGreaterThan(30);
      expect(flooded.succeeded + flooded.failed).toBe(60);
      const another = await raw('127.0.0.224');
      expect((await another.ask(invite('13900000005', '404404'))).status).toBe(404);
      await bound('TRUNK_CALLS_PER_SECOND', 50);
    });

    it('never writes a secret into a log', async () => {
      const { services } = house;
      const account = await guest();
      const page = await web(account.socketPath);
      await page.ask(
        { method: 'REGISTER', from: account.deviceId },
        { user: account.deviceId, secret: account.secret },
      );
      const secrets = [
        services.ASTERISK_ARI_PASSWORD,
        services.ASTERISK_AMI_PASSWORD,
        services.SANLING_SECRET,
        services.SANLING_RECORDINGS_KEY,
        new URL(services.REDIS_URL).password,
        new URL(services.DATABASE_URL).password,
        agent.phone.options.secret ?? '',
        agent.cookie.split('=')[1] ?? '',
        ...guests.flatMap(({ secret, socketPath }) => [secret, socketPath.split('guest=')[1] ?? '']),
      ];
      for (const secret of secrets) expect(secret.length).toBeGreaterThanOrEqual(22);
      const written = [...(await house.logs()), { name: 'API', text: log.join('') }];
      expect(written.map(({ name }) => name)).toContain('asterisk-security.log');
      for (const { name, text } of written)
        expect([name, secrets.filter((secret) => text.includes(secret)).length]).toEqual([name, 0]);
    });
  });

  describe('to those who have', () => {
    it('takes only so many calls at once from one peer', async () => {
      await bound('TRUNK_CALLS_AT_ONCE', 2);
      const phone = await house.phone('13900000006');
      const calls: SipCall[] = [];
      for (let count = 0; count < 10; count += 1) calls.push(await phone.dial('8000'));
      await eventually(() => calls.filter(({ status }) => status === 503).length === 8, {
        withinMs: 10_000,
        what: 'all but two are told 503',
      });
      for (const call of calls) call.hangUp();
      await bound('TRUNK_CALLS_AT_ONCE', 500);
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
        open.push(intruder);
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
      await bound('TRUNK_CALLS_AT_ONCE', 2);
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
      await bound('TRUNK_CALLS_AT_ONCE', 500);
      await engine.start();
      await eventually(async () => (await house.api.read('/api/health')).status === 200);
    });
  });
});
