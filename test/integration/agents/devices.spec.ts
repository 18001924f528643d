import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { SoftphoneAccount } from '../../../src/contracts/softphone.js';
import type { Actor } from '../../../src/kernel/actor.js';
import { ManualClock } from '../../../src/kernel/clock.js';
import { isRefusal } from '../../../src/kernel/refusal.js';
import { AgentsRig, type Tab } from '../../support/agents-rig.js';
import { eventually } from '../../support/eventually.js';

const seconds = (count: number) => count * 1_000;

describe('softphones', () => {
  const clock = new ManualClock();
  let house: AgentsRig;
  let actor: Actor;
  let agentId: string;
  beforeAll(async () => {
    house = await AgentsRig.start({ clock });
    actor = await house.actor('801');
    agentId = actor.personId;
    // The moment of patience after a start is told about in its own test.
    clock.advance(seconds(11));
  });
  afterEach(() => house.everybodyLeaves());
  afterAll(() => house.stop());

  async function leads(tab: Tab, clientId: string, more: { takeOver?: boolean; resuming?: string } = {}) {
    const wish = { clientId, takeOver: false, ...more };
    return house.devices.lead(tab.actor, tab.socketId, wish);
  }
  function account(answer: Awaited<ReturnType<typeof leads>>): SoftphoneAccount {
    if (isRefusal(answer)) throw new Error(answer.code);
    return answer;
  }
  async function rung(): Promise<{ callId: string; handlingId: string }> {
    const ids = { callId: randomUUID(), handlingId: randomUUID() };
    expect(await house.presence.reserve(agentId, ids.callId, ids.handlingId)).toBe(true);
    return ids;
  }
  async function wrappingUp(): Promise<{ callId: string; handlingId: string }> {
    const ids = await rung();
    await house.presence.answered(agentId, ids.callId, ids.handlingId);
    await house.presence.wrapUp(agentId, ids.callId, ids.handlingId);
    return ids;
  }
  const lostTold = (times: number) =>
    eventually(() => house.lost.length === times, { what: `${times} lost` });

  it('has an account with a strong secret that may dial nothing, and is told to the engine', async () => {
    const tab = await house.opens(actor);
    const made = account(await leads(tab, 'browser-one'));
    expect(made).toMatchObject({ uri: `sip:${made.deviceId}@sanling`, socketPath: '/sip' });
    expect(made.deviceId).toMatch(/^agent-801-[0-9a-f]{12}$/);
    expect(Buffer.from(made.secret, 'base64url')).toHaveLength(24);
    expect(house.exchange.accounts.get(made.deviceId)).toMatchObject({ secret: made.secret, mayDial: [] });
  });

  it('may be rung only when the tab said so and the engine agrees', async () => {
    const tab = await house.opens(actor);
    const { deviceId, secret } = account(await leads(tab, 'browser-one'));
    expect(await house.devices.report(actor, tab.socketId, { registered: true, legs: [] })).toBeNull();
    expect(await house.presence.get(agentId)).toMatchObject({ deviceReady: false });
    expect(await house.devices.deviceOf(agentId)).toBeUndefined();
    house.exchange.registerDevice(deviceId, secret);
    clock.advance(seconds(1));
    await eventually(async () => (await house.presence.get(agentId)).deviceReady);
    expect(await house.devices.deviceOf(agentId)).toEqual({ deviceId });
  });

  it('may be rung a tenth of a second after the engine knows it', async () => {
    const tab = await house.opens(actor);
    const { deviceId, secret } = account(await leads(tab, 'browser-one'));
    await house.devices.report(actor, tab.socketId, { registered: true, legs: [] });
    expect(await house.presence.get(agentId)).toMatchObject({ deviceReady: false });
    house.exchange.registerDevice(deviceId, secret);
    clock.advance(100);
    await eventually(async () => (await house.presence.get(agentId)).deviceReady);
  });

  it('does not believe another tab', async () => {
    const tab = await house.opens(actor);
    await leads(tab, 'browser-one');
    expect(await house.devices.report(actor, 'another-socket', { registered: true, legs: [] })).toMatchObject(
      {
        code: 'device.led-elsewhere',
      },
    );
  });

  it('is not led from a second browser without taking over, which revokes the first', async () => {
    const first = await house.opens(actor);
    const one = account(await leads(first, 'browser-one'));
    const second = await house.opens(await house.actor('801'));
    expect(await leads(second, 'browser-two')).toMatchObject({ code: 'device.led-elsewhere' });
    const two = account(await leads(second, 'browser-two', { takeOver: true }));
    expect([...house.exchange.accounts.keys()]).toEqual([two.deviceId]);
    expect(one.deviceId).not.toBe(two.deviceId);
    expect(house.exchange.registerDevice(one.deviceId, one.secret)).toBe(false);
  });

  it('comes back after a reload without asking, under a new account', async () => {
    const before = await house.opens(actor);
    const one = account(await leads(before, 'browser-one'));
    const after = await house.opens(actor);
    const two = account(await leads(after, 'browser-one'));
    expect(two.deviceId).not.toBe(one.deviceId);
  });

  it('keeps its account when only the socket was lost for a moment', async () => {
    const tab = await house.ready('801');
    const [device] = house.exchange.accounts.keys();
    await house.closes(tab);
    clock.advance(seconds(2));
    const again = await house.opens(tab.actor);
    const kept = account(await leads(again, 'browser-one', { resuming: device ?? '' }));
    expect(kept.deviceId).toBe(device);
    await house.devices.report(again.actor, again.socketId, { registered: true, legs: [] });
    expect(await house.presence.get(agentId)).toMatchObject({ state: 'ready', deviceReady: true });
    expect(house.lost).toEqual([]);
  });

  it('is lost when its tab is gone for five seconds, and the agent is offline after thirty', async () => {
    const tab = await house.ready('801');
    await house.closes(tab);
    expect(await house.presence.get(agentId)).toMatchObject({ state: 'ready', deviceReady: false });
    clock.advance(seconds(4));
    await house.sees(agentId, 'ready');
    expect(house.lost).toEqual([]);
    clock.advance(seconds(1));
    expect(await house.sees(agentId, 'not-ready')).toMatchObject({ reason: 'device-lost' });
    await lostTold(1);
    clock.advance(seconds(24));
    await house.sees(agentId, 'not-ready');
    clock.advance(seconds(2));
    await house.sees(agentId, 'offline');
    await eventually(() => house.exchange.accounts.size === 0);
  });

  it('is lost when it stays unregistered for five seconds', async () => {
    const tab = await house.ready('801');
    await house.devices.report(tab.actor, tab.socketId, { registered: false, legs: [] });
    clock.advance(seconds(3));
    await house.devices.report(tab.actor, tab.socketId, { registered: true, legs: [] });
    await eventually(async () => (await house.presence.get(agentId)).deviceReady);
    clock.advance(seconds(5));
    expect(await house.presence.get(agentId)).toMatchObject({ state: 'ready', deviceReady: true });
    await house.devices.report(tab.actor, tab.socketId, { registered: false, legs: [] });
    clock.advance(seconds(6));
    expect(await house.sees(agentId, 'not-ready')).toMatchObject({ reason: 'device-lost' });
    await lostTold(1);
  });

  it('leaves a ringing agent to the call, and tells of the loss', async () => {
    const tab = await house.ready('801');
    const { callId } = await rung();
    await house.closes(tab);
    clock.advance(seconds(6));
    await lostTold(1);
    expect(await house.presence.get(agentId)).toMatchObject({ state: 'ringing', callId, deviceReady: false });
    await house.presence.missed(agentId, callId, 'device-lost');
    expect(await house.presence.get(agentId)).toMatchObject({ state: 'not-ready', reason: 'device-lost' });
    clock.advance(seconds(31));
    await house.sees(agentId, 'offline');
  });

  it('is waited for by an agent who ends a record right after loading the page again', async () => {
    const before = await house.ready('801');
    const { callId, handlingId } = await wrappingUp();
    const after = await house.opens(actor);
    const { deviceId, secret } = account(await leads(after, 'browser-one'));
    await house.closes(before);
    await house.presence.wrapUpDone(agentId, callId);
    expect(await house.presence.get(agentId)).toMatchObject({ state: 'ready', deviceReady: false });
    expect(await house.presence.reserve(agentId, callId, handlingId)).toBe(false);
    house.exchange.registerDevice(deviceId, secret);
    await house.devices.report(after.actor, after.socketId, { registered: true, legs: [] });
    await eventually(async () => (await house.presence.get(agentId)).deviceReady);
    expect(await house.presence.get(agentId)).toMatchObject({ state: 'ready', callId: null });
  });

  it('makes an agent not ready who ends a record without it', async () => {
    const tab = await house.ready('801');
    const { callId } = await wrappingUp();
    await house.devices.report(tab.actor, tab.socketId, { registered: false, legs: [] });
    clock.advance(seconds(6));
    await lostTold(1);
    await house.presence.wrapUpDone(agentId, callId);
    expect(await house.sees(agentId, 'not-ready')).toMatchObject({ reason: 'device-lost' });
  });

  it('is lost at once for the call when the page was loaded again', async () => {
    const tab = await house.ready('801');
    const { callId, handlingId } = await rung();
    await house.presence.answered(agentId, callId, handlingId);
    await house.closes(tab);
    const again = await house.opens(tab.actor);
    await leads(again, 'browser-one');
    expect(house.lost).toEqual([agentId]);
  });

  it('leaves a call to the old tab after a take-over, and says what the new one holds', async () => {
    await house.ready('801');
    const { callId, handlingId } = await rung();
    await house.presence.answered(agentId, callId, handlingId);
    const told: (readonly string[] | null)[] = [];
    house.devices.onReady((_agentId, legs) => told.push(legs));
    const second = await house.opens(actor);
    const { deviceId, secret } = account(await leads(second, 'browser-two', { takeOver: true }));
    expect(house.lost).toEqual([]);
    house.exchange.registerDevice(deviceId, secret);
    await house.devices.report(actor, second.socketId, { registered: true, legs: ['leg-of-another-call'] });
    await eventually(() => told.length === 1);
    expect(told).toEqual([['leg-of-another-call']]);
  });

  it('is revoked at sign-out, and the agent is offline at once', async () => {
    const tab = await house.ready('801');
    house.announcements.announce({
      kind: 'session.closed',
      sessionId: tab.actor.sessionId,
      personId: agentId,
      why: 'session.expired',
    });
    await house.sees(agentId, 'offline');
    await eventually(() => house.exchange.accounts.size === 0);
    expect(await house.devices.deviceOf(agentId)).toBeUndefined();
  });

  it('stays when another session of the agent is closed', async () => {
    const tab = await house.ready('801');
    await house.opens(actor);
    house.announcements.announce({
      kind: 'session.closed',
      sessionId: actor.sessionId,
      personId: agentId,
      why: 'session.expired',
    });
    clock.advance(seconds(40));
    await house.sees(agentId, 'ready');
    expect(await house.devices.deviceOf(agentId)).toBeDefined();
    expect(tab.actor.sessionId).not.toBe(actor.sessionId);
  });

  it('gets its account again when the engine forgot it, and is lost when it does not register again', async () => {
    await house.ready('801');
    const accounts = [...house.exchange.accounts];
    await house.engine.stop();
    house.exchange.accounts.clear();
    house.exchange.registered.clear();
    await house.engine.start();
    await eventually(() => house.exchange.accounts.size === 1);
    expect([...house.exchange.accounts]).toEqual(accounts);
    await eventually(async () => !(await house.presence.get(agentId)).deviceReady);
    clock.advance(seconds(21));
    expect(await house.sees(agentId, 'not-ready')).toMatchObject({ reason: 'device-lost' });
  });

  it('is given up by the next process when its own died, but not before the tabs had time to return', async () => {
    const gone = await AgentsRig.start({ clock, beside: house });
    const stayed = await gone.ready('802');
    const left = await gone.ready('803');
    await gone.stop();
    // The server starts anew a minute later.
    const later = new ManualClock(clock.now() + seconds(60));
    await using next = await AgentsRig.start({ clock: later, beside: house });
    const back = await next.opens(stayed.actor);
    const [deviceId] = [...house.exchange.accounts.keys()].filter((id) => id.startsWith('agent-802'));
    const wish = { clientId: 'browser-one', takeOver: false, resuming: deviceId };
    expect(await next.devices.lead(back.actor, back.socketId, wish)).toMatchObject({ deviceId });
    await next.devices.report(back.actor, back.socketId, { registered: true, legs: [] });
    later.advance(seconds(1));
    // Nobody rings a phone whose tab is not there, but nobody is given up either.
    await eventually(async () => !(await next.presence.get(left.actor.personId)).deviceReady);
    later.advance(seconds(8));
    await next.sees(left.actor.personId, 'ready');
    later.advance(seconds(2));
    expect(await next.sees(left.actor.personId, 'not-ready')).toMatchObject({ reason: 'device-lost' });
    later.advance(seconds(31));
    await next.sees(left.actor.personId, 'offline');
    await next.sees(stayed.actor.personId, 'ready');
    await next.everybodyLeaves();
  });
});
