import { beforeEach, describe, expect, it } from '@jest/globals';
import type { PhoneStatus } from './device-lead';
import type { FakeLine, FakeTimers } from './fake-line';
import type { Softphone } from './softphone';
import { account, type FakeServer, no, ok, settled, startedSoftphone } from './started-softphone';

let server: FakeServer;
let timers: FakeTimers;
let lines: FakeLine[];
let phone: Softphone;
let line: () => FakeLine;
let status: () => PhoneStatus;

beforeEach(async () => {
  ({ server, timers, lines, phone, line, status } = await startedSoftphone());
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
