import type { DeskCall } from '@contracts/call';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Connection, type Wire } from './connection';
import { createDeskStore, followDesk, isStale } from './desk-store';
import { noteServerTime, serverNow } from './server-clock';

class FakeWire implements Wire {
  connected = false;
  connects = 0;
  answer: () => Promise<unknown> = async () => ({ ok: true, result: null });
  readonly sent: [string, unknown][] = [];
  private readonly listeners = new Map<string, Set<(...args: never[]) => void>>();

  connect() {
    this.connects += 1;
  }
  disconnect() {
    this.connected = false;
  }
  on(event: string, listener: (...args: never[]) => void) {
    const all = this.listeners.get(event) ?? new Set();
    this.listeners.set(event, all.add(listener));
  }
  off(event: string, listener: (...args: never[]) => void) {
    this.listeners.get(event)?.delete(listener);
  }
  timeout() {
    return {
      emitWithAck: (event: string, payload: unknown) => {
        this.sent.push([event, payload]);
        return this.answer();
      },
    };
  }
  tell(event: string, payload?: unknown) {
    if (event === 'connect') this.connected = true;
    if (event === 'disconnect') this.connected = false;
    for (const listener of this.listeners.get(event) ?? []) (listener as (told: unknown) => void)(payload);
  }
}

let wire: FakeWire;
let refusals: number;
let connection: Connection;

beforeEach(() => {
  wire = new FakeWire();
  refusals = 0;
  connection = new Connection(wire, () => {
    refusals += 1;
  });
});

const status = () => connection.state.getState().status;

describe('commands', () => {
  it('answer with what the server says', async () => {
    wire.tell('connect');
    expect(await connection.command('resume-call', { callId: 'c' })).toEqual({ ok: true, result: null });
    expect(wire.sent).toEqual([['resume-call', { callId: 'c' }]]);
  });

  it('are refused here, not queued, while the line is away', async () => {
    expect(await connection.command('resume-call', { callId: 'c' })).toMatchObject({
      ok: false,
      refusal: { code: 'client.disconnected' },
    });
    wire.tell('connect');
    expect(wire.sent).toEqual([]);
  });

  it('say so when no answer comes', async () => {
    wire.tell('connect');
    wire.answer = async () => {
      throw new Error('operation has timed out');
    };
    expect(await connection.command('resume-call', { callId: 'c' })).toMatchObject({
      refusal: { code: 'client.no-answer' },
    });
  });
});

describe('a page that the server turns away', () => {
  beforeEach(() => {
    jest.useFakeTimers();
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  it('says why, comes again after a while, and forgets it once it is let in', () => {
    wire.tell(
      'connect_error',
      Object.assign(new Error('x'), { data: { code: 'session.too-many-tabs', details: {} } }),
    );
    expect(connection.state.getState()).toMatchObject({
      status: 'lost',
      refusal: { code: 'session.too-many-tabs' },
    });
    expect(wire.connects).toBe(1);
    jest.advanceTimersByTime(10_000);
    expect(wire.connects).toBe(2);
    wire.tell('connect');
    expect(connection.state.getState()).toMatchObject({ status: 'connected', refusal: null });
  });

  it('does not come again with a session that is over', () => {
    wire.tell(
      'connect_error',
      Object.assign(new Error('x'), { data: { code: 'session.expired', details: {} } }),
    );
    jest.advanceTimersByTime(60_000);
    expect(wire.connects).toBe(1);
    expect(refusals).toBe(1);
  });

  it('because it sent too much does not come back at once', () => {
    wire.tell('connect');
    wire.tell('connection.refused', { code: 'request.too-many', details: {} });
    wire.tell('disconnect', 'io server disconnect');
    expect(wire.connects).toBe(1);
    jest.advanceTimersByTime(10_000);
    expect(wire.connects).toBe(2);
  });

  it('does not come back after it was closed', () => {
    wire.tell(
      'connect_error',
      Object.assign(new Error('x'), { data: { code: 'request.too-many', details: {} } }),
    );
    connection.close();
    jest.advanceTimersByTime(60_000);
    expect(wire.connects).toBe(1);
  });
});

describe('the line', () => {
  it('is connecting, connected, lost and connected again', () => {
    expect(status()).toBe('connecting');
    wire.tell('connect');
    expect(status()).toBe('connected');
    wire.tell('disconnect', 'transport close');
    expect(status()).toBe('lost');
    wire.tell('connect');
    expect(status()).toBe('connected');
  });

  it('asks whether the session stands when the server turned it down', () => {
    wire.tell('connect_error', new Error('session.none'));
    expect(refusals).toBe(1);
    expect(status()).toBe('lost');
  });

  it('connects again by itself when the server closed it', () => {
    wire.tell('connect');
    wire.tell('disconnect', 'io server disconnect');
    expect(wire.connects).toBe(2);
  });

  it('stays ended after the session ended', () => {
    wire.tell('connect');
    wire.tell('session.ended', { code: 'session.expired' });
    wire.tell('disconnect', 'io server disconnect');
    expect(status()).toBe('ended');
    expect(wire.connects).toBe(1);
  });
});

describe("the desk's copy", () => {
  const call = (version: number, more: Partial<DeskCall> = {}) =>
    ({ handlingId: 'h1', callId: 'c1', version, phase: 'talking', ...more }) as DeskCall;

  it('is replaced as a whole by each snapshot', () => {
    const store = createDeskStore();
    followDesk(connection, store);
    expect(store.getState().loaded).toBe(false);
    wire.tell('desk.snapshot', {
      presence: { state: 'talking' },
      call: call(4),
      queues: [],
      today: { handled: 2 },
      serverTime: new Date().toISOString(),
    });
    expect(store.getState()).toMatchObject({ loaded: true, call: { version: 4 }, today: { handled: 2 } });
    wire.tell('call.changed', call(5, { phase: 'held' }));
    expect(store.getState().call?.phase).toBe('held');
    wire.tell('call.changed', null);
    expect(store.getState().call).toBeNull();
  });

  it('never goes back to an older version of the same handling', () => {
    const store = createDeskStore();
    followDesk(connection, store);
    wire.tell('call.changed', call(7));
    wire.tell('call.changed', call(6, { phase: 'held' }));
    expect(store.getState().call).toMatchObject({ version: 7, phase: 'talking' });
    expect(isStale(call(7), call(1, { handlingId: 'h2' }))).toBe(false);
  });

  it('never goes back to an older version by a snapshot that was on its way when a change was told', () => {
    const store = createDeskStore();
    followDesk(connection, store);
    wire.tell('call.changed', call(7, { phase: 'held' }));
    wire.tell('desk.snapshot', { call: call(6), serverTime: new Date().toISOString() });
    expect(store.getState()).toMatchObject({ loaded: true, call: { version: 7, phase: 'held' } });
  });

  it('hears nothing any more after it was let go', () => {
    const store = createDeskStore();
    followDesk(connection, store)();
    wire.tell('call.changed', call(1));
    expect(store.getState().call).toBeNull();
  });
});

it('counts with the server’s clock', () => {
  const local = Date.parse('2026-03-02T01:00:00.000Z');
  noteServerTime('2026-03-02T01:00:07.000Z', local);
  expect(serverNow(local + 1_000)).toBe(local + 8_000);
  noteServerTime(new Date().toISOString());
});
