import type { DeskCall } from '@contracts/call';
import type { CommandAnswer, CommandName } from '@contracts/socket';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { clientRefusal, RefusedError } from '../app/refused-error';
import { FakeLine, FakeTimers, fakeMicrophone } from './fake-line';
import { Softphone, type SoftphonePorts } from './softphone';

const account = (deviceId: string) => ({
  deviceId,
  uri: `sip:${deviceId}@sanling`,
  secret: `secret of ${deviceId}`,
  socketPath: '/sip',
});
const ok = (result: unknown): CommandAnswer => ({ ok: true, result }) as CommandAnswer;
const no = (code: string): CommandAnswer => ({ ok: false, refusal: { code, details: {} } });

/** A server that answers as the test says, and remembers what was asked of it. */
class FakeServer {
  readonly asked: [CommandName, unknown][] = [];
  answers: Partial<Record<CommandName, () => CommandAnswer>> = {
    'lead-device': () => ok(account('agent-801-a')),
  };
  private readonly connected = new Set<() => void>();
  private readonly elsewhere = new Set<() => void>();

  readonly connection = {
    command: async (name: CommandName, payload: unknown) => {
      this.asked.push([name, payload]);
      return (this.answers[name] ?? (() => ok(null)))();
    },
    on: (event: string, listener: () => void) => {
      if (event === 'device.led-elsewhere') this.elsewhere.add(listener);
      return () => this.elsewhere.delete(listener);
    },
    onConnected: (listener: () => void) => {
      this.connected.add(listener);
      listener();
      return () => this.connected.delete(listener);
    },
  } as unknown as SoftphonePorts['connection'];

  reconnects(): void {
    for (const listener of this.connected) listener();
  }

  anotherTabLeads(): void {
    for (const listener of this.elsewhere) listener();
  }

  last(name: CommandName): unknown {
    return this.asked.findLast(([asked]) => asked === name)?.[1];
  }
}

const settled = async () => {
  for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
};

const call = (more: Partial<DeskCall> = {}) =>
  ({ callId: 'call-1', agentLegId: 'leg-1', phase: 'ringing', muted: false, ...more }) as DeskCall;

let server: FakeServer;
let timers: FakeTimers;
let lines: FakeLine[];
let closed: MediaStream[];
let microphones: (() => Promise<MediaStream>)[];
let phone: Softphone;

beforeEach(async () => {
  server = new FakeServer();
  timers = new FakeTimers();
  lines = [];
  closed = [];
  microphones = [];
  phone = new Softphone({
    connection: server.connection,
    openLine: async (given, events) => {
      const line = new FakeLine(given, events);
      lines.push(line);
      return line;
    },
    openMicrophone: () => (microphones.shift() ?? (async () => fakeMicrophone().stream))(),
    closeMicrophone: (stream) => closed.push(stream),
    clientId: async () => 'tab-0001',
    after: timers.after,
  });
  phone.start();
  await settled();
});

const line = (): FakeLine => {
  const last = lines.at(-1);
  if (!last) throw new Error('no line was opened');
  return last;
};
const status = () => phone.state.getState().status;

describe('a talk that goes on', () => {
  it('answers by itself when the phone is rung for it again, and follows the old leg no more', async () => {
    const leg = line().rings('leg-2');
    phone.follow(call({ phase: 'talking', agentLegId: 'leg-1', recallLegId: 'leg-2' }));
    await settled();
    expect(leg.stage).toBe('talking');
    phone.follow(call({ phase: 'talking', agentLegId: 'leg-2', recallLegId: null }));
    timers.pass(5_000);
    expect(leg.stage).toBe('talking');
  });

  it('says which legs it holds whenever it registers', async () => {
    const leg = line().rings('leg-1');
    await leg.accept(fakeMicrophone().stream);
    line().events.unregistered(false);
    line().events.registered();
    expect(server.last('report-device')).toEqual({ registered: true, legs: ['leg-1'] });
  });

  it('is told to the engine as lost when the page is left', () => {
    phone.abandon();
    expect(line().abandoned).toBe(1);
  });
});

describe('being the phone', () => {
  it('asks for an account, registers and reports it', () => {
    expect(server.last('lead-device')).toEqual({ clientId: 'tab-0001', takeOver: false });
    expect(status()).toBe('registering');
    line().events.registered();
    expect(status()).toBe('ready');
    expect(server.last('report-device')).toEqual({ registered: true, legs: [] });
  });

  it('keeps its line when only the socket was away', async () => {
    line().events.registered();
    server.reconnects();
    await settled();
    expect(server.last('lead-device')).toMatchObject({ resuming: 'agent-801-a' });
    expect(lines).toHaveLength(1);
    expect(line().woken).toBe(1);
    expect(server.asked.filter(([name]) => name === 'report-device')).toHaveLength(2);
  });

  it('hears of its line also after a reconnect', async () => {
    server.reconnects();
    await settled();
    line().events.registered();
    expect(status()).toBe('ready');
  });

  it('takes a new account when the server made one, and lets the old line go', async () => {
    line().events.registered();
    server.answers['lead-device'] = () => ok(account('agent-801-b'));
    server.reconnects();
    await settled();
    expect(lines.map(({ stopped }) => stopped)).toEqual([true, false]);
    lines[0]?.events.registered();
    expect(status()).toBe('registering');
  });

  it('reports a lost registration and comes back', () => {
    line().events.registered();
    line().events.unregistered(false);
    expect(status()).toBe('lost');
    expect(server.last('report-device')).toEqual({ registered: false, legs: [] });
    line().events.registered();
    expect(status()).toBe('ready');
  });

  it('asks for a new account when its own is not known any more', async () => {
    line().events.unregistered(true);
    server.answers['lead-device'] = () => ok(account('agent-801-b'));
    timers.pass(3_000);
    await settled();
    expect(lines).toHaveLength(2);
    expect(line().account.deviceId).toBe('agent-801-b');
  });

  it('yields to another tab, and takes over when asked to', async () => {
    server.anotherTabLeads();
    expect(status()).toBe('elsewhere');
    expect(line().stopped).toBe(true);
    phone.takeOver();
    await settled();
    expect(server.last('lead-device')).toMatchObject({ takeOver: true });
    expect(status()).toBe('registering');
  });

  it('says that another tab leads instead of fighting for it', async () => {
    server.answers['lead-device'] = () => no('device.led-elsewhere');
    server.anotherTabLeads();
    server.reconnects();
    await settled();
    expect(status()).toBe('elsewhere');
    timers.pass(60_000);
    expect(server.asked.filter(([name]) => name === 'lead-device')).toHaveLength(2);
  });

  it('tries again when the server gave no account', async () => {
    server.answers['lead-device'] = () => no('engine.unavailable');
    line().events.unregistered(true);
    timers.pass(3_000);
    await settled();
    expect(phone.state.getState()).toMatchObject({
      status: 'refused',
      refusal: { code: 'engine.unavailable' },
    });
    server.answers['lead-device'] = () => ok(account('agent-801-c'));
    timers.pass(3_000);
    await settled();
    expect(status()).toBe('registering');
  });
});

describe('a leg that this person asked for', () => {
  it('is answered by itself when dialling out, whichever comes first, the INVITE or the desk', async () => {
    const dialling = call({ state: 'dialling', agentLegId: 'leg-1' });
    phone.follow(dialling);
    const leg = line().rings('leg-1');
    await settled();
    expect([leg.stage, server.last('answer-call')]).toEqual(['talking', undefined]);
    leg.finish();
    const second = line().rings('leg-2');
    await settled();
    expect(second.stage).toBe('ringing');
    phone.follow(call({ state: 'dialling', agentLegId: 'leg-2' }));
    await settled();
    expect(second.stage).toBe('talking');
  });

  it('is answered for a lead who helps, and stays through the take-over', async () => {
    phone.follow(null, { legId: 'help-1' });
    const leg = line().rings('help-1');
    await settled();
    expect(leg.stage).toBe('talking');
    timers.pass(10_000);
    expect(leg.stage).toBe('talking');
    phone.follow(call({ state: 'talking', phase: 'talking', agentLegId: 'help-1' }), null);
    timers.pass(10_000);
    expect(leg.stage).toBe('talking');
    phone.follow(null, null);
    timers.pass(10_000);
    expect(leg.stage).toBe('ended');
  });

  it('is let go when there is no microphone, and the page says so', async () => {
    microphones.push(async () => {
      throw new RefusedError(clientRefusal('client.microphone-denied'));
    });
    phone.follow(null, { legId: 'help-1' });
    const leg = line().rings('help-1');
    await settled();
    expect(leg.stage).toBe('ended');
    expect(phone.state.getState().refusal).toMatchObject({ code: 'client.microphone-denied' });
  });

  it('is no other call that rings', async () => {
    phone.follow(call(), null);
    const leg = line().rings('leg-1');
    await settled();
    expect(leg.stage).toBe('ringing');
  });
});

describe('a call', () => {
  it('is answered with a fresh microphone after the server agreed', async () => {
    const leg = line().rings('leg-1');
    expect(phone.state.getState().leg).toEqual({ id: 'leg-1', stage: 'ringing' });
    expect(await phone.answer(call())).toBeNull();
    expect(server.last('answer-call')).toEqual({ callId: 'call-1' });
    expect(phone.state.getState()).toMatchObject({ leg: { stage: 'talking' }, local: leg.microphone });
  });

  it('cannot be answered before its INVITE is here, nor by the leg of another call', async () => {
    expect(await phone.answer(call())).toMatchObject({ code: 'client.phone-not-ready' });
    line().rings('leg-of-another-call');
    expect(await phone.answer(call())).toMatchObject({ code: 'client.phone-not-ready' });
    expect(server.last('answer-call')).toBeUndefined();
  });

  it('rings on when the microphone is denied, and can be answered after it was allowed', async () => {
    const leg = line().rings('leg-1');
    microphones.push(async () => {
      throw new RefusedError(clientRefusal('client.microphone-denied'));
    });
    expect(await phone.answer(call())).toMatchObject({ code: 'client.microphone-denied' });
    expect(server.last('answer-call')).toBeUndefined();
    expect(leg.stage).toBe('ringing');
    expect(await phone.answer(call())).toBeNull();
  });

  it('gives the microphone back when the server refuses', async () => {
    const leg = line().rings('leg-1');
    server.answers['answer-call'] = () => no('call.ended');
    expect(await phone.answer(call())).toMatchObject({ code: 'call.ended' });
    expect(closed).toHaveLength(1);
    expect(leg.microphone).toBeNull();
  });

  it('is not answered twice by two presses', async () => {
    line().rings('leg-1');
    await Promise.all([phone.answer(call()), phone.answer(call())]);
    expect(server.asked.filter(([name]) => name === 'answer-call')).toHaveLength(1);
  });

  it('is muted when the server says so', async () => {
    const leg = line().rings('leg-1');
    await phone.answer(call());
    phone.follow(call({ phase: 'talking', muted: true }));
    expect(leg.muted).toBe(true);
    phone.follow(call({ phase: 'talking', muted: false }));
    expect(leg.muted).toBe(false);
  });

  it('leaves nothing behind when it ended', async () => {
    const leg = line().rings('leg-1');
    await phone.answer(call());
    leg.farEndGoes();
    expect(phone.state.getState()).toMatchObject({ leg: null, local: null, remote: null });
  });

  it('is let go when the server ended it and no BYE came', async () => {
    const leg = line().rings('leg-1');
    await phone.answer(call());
    phone.follow(call({ phase: 'wrap-up' }));
    timers.pass(1_900);
    expect(leg.stage).toBe('talking');
    timers.pass(100);
    expect(leg.stage).toBe('ended');
  });

  it('survives a change of account: the old line stays until the call is over', async () => {
    const [first] = lines;
    const leg = line().rings('leg-1');
    await phone.answer(call());
    server.answers['lead-device'] = () => ok(account('agent-801-b'));
    server.reconnects();
    await settled();
    expect(first?.stopped).toBe(false);
    leg.farEndGoes();
    expect(first?.stopped).toBe(true);
    expect(line().stopped).toBe(false);
  });

  it('goes on with another microphone when the one in use is pulled out', async () => {
    const leg = line().rings('leg-1');
    const first = fakeMicrophone();
    const second = fakeMicrophone();
    microphones.push(
      async () => first.stream,
      async () => second.stream,
    );
    await phone.answer(call());
    first.pullOut();
    await settled();
    expect(leg.microphone).toBe(second.stream);
    expect(phone.state.getState().microphoneLost).toBe(false);
  });

  it('tells both sides when there is no other microphone, and takes up the next that is plugged in', async () => {
    line().rings('leg-1');
    const first = fakeMicrophone();
    microphones.push(
      async () => first.stream,
      async () => {
        throw new RefusedError(clientRefusal('client.microphone-missing'));
      },
    );
    phone.follow(call());
    await phone.answer(call());
    first.pullOut();
    await settled();
    expect(phone.state.getState().microphoneLost).toBe(true);
    expect(server.last('report-microphone')).toEqual({ callId: 'call-1', lost: true });
    await phone.devicesChanged();
    expect(phone.state.getState().microphoneLost).toBe(false);
    expect(server.last('report-microphone')).toEqual({ callId: 'call-1', lost: false });
  });
});
