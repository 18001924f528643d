import { beforeEach, expect, it } from '@jest/globals';
import { clientRefusal, RefusedError } from '../app/refused-error';
import { FakeLine, FakeTimers, fakeMicrophone } from '../softphone/fake-line';
import { GuestPhone } from './guest-phone';

const account = {
  deviceId: 'guest-1',
  uri: 'sip:guest-1@sanling',
  secret: 'secret',
  socketPath: '/sip?guest=1',
  serviceNumber: '8000',
  expiresAt: '2026-03-02T02:00:00.000Z',
};
const settled = async () => {
  for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
};

let timers: FakeTimers;
let lines: FakeLine[];
let closed: number;
let refusal: RefusedError | null;
let phone: GuestPhone;

beforeEach(() => {
  timers = new FakeTimers();
  lines = [];
  closed = 0;
  refusal = null;
  phone = new GuestPhone({
    account: async () => {
      if (refusal) throw refusal;
      return account;
    },
    openLine: async (given, events) => {
      const line = new FakeLine(given, events);
      lines.push(line);
      return line;
    },
    openMicrophone: async () => fakeMicrophone().stream,
    closeMicrophone: () => {
      closed += 1;
    },
    now: () => Date.parse('2026-03-02T01:00:00.000Z'),
    after: timers.after,
  });
});

const stage = () => phone.state.getState().stage;

const registers = async () => {
  const calling = phone.call();
  await settled();
  lines[0]?.events.registered();
  await calling;
};

it('calls the service number once it is registered', async () => {
  await registers();
  expect(lines[0]?.dialled).toEqual(['8000']);
  expect(stage()).toBe('calling');
  lines[0]?.outgoing.become('talking');
  expect(phone.state.getState()).toMatchObject({
    stage: 'connected',
    connectedAt: '2026-03-02T01:00:00.000Z',
  });
});

it('says who ended it, and closes the line', async () => {
  await registers();
  lines[0]?.outgoing.become('talking');
  lines[0]?.outgoing.farEndGoes();
  expect(phone.state.getState()).toMatchObject({ stage: 'ended', end: 'far-end', local: null });
  expect(lines[0]?.stopped).toBe(true);
});

it('shows why it could not call, and can be tried again', async () => {
  refusal = new RefusedError(clientRefusal('client.unreachable'));
  await phone.call();
  expect(phone.state.getState()).toMatchObject({ stage: 'idle', refusal: { code: 'client.unreachable' } });
  expect(closed).toBe(1);
  refusal = null;
  await registers();
  expect(phone.state.getState()).toMatchObject({ stage: 'calling', refusal: null });
});

it('gives up a registration that does not come', async () => {
  const calling = phone.call();
  await settled();
  timers.pass(10_000);
  await calling;
  expect(phone.state.getState()).toMatchObject({ stage: 'idle', refusal: { code: 'client.call-failed' } });
  expect(lines[0]?.stopped).toBe(true);
});

it('hangs up before it was registered without calling', async () => {
  const calling = phone.call();
  await settled();
  phone.hangUp();
  lines[0]?.events.registered();
  await calling;
  expect(stage()).toBe('idle');
  expect(lines[0]?.dialled).toEqual([]);
  expect(lines[0]?.stopped).toBe(true);
});

it('mutes and sends digits on the call', async () => {
  await registers();
  lines[0]?.outgoing.become('talking');
  phone.setMuted(true);
  phone.digit('5');
  expect(lines[0]?.outgoing).toMatchObject({ muted: true, digits: ['5'] });
});
