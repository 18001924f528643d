import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DataSource } from 'typeorm';
import type { Presence } from '../../../src/contracts/presence.js';
import { RedisConnections } from '../../../src/platform/redis/redis-connections.js';
import { AgentsRig, type Tab } from '../../support/agents-rig.js';
import { eventually } from '../../support/eventually.js';

describe('presence', () => {
  let house: AgentsRig;
  const told: Presence[] = [];
  beforeAll(async () => {
    house = await AgentsRig.start();
    house.announcements.on('presence.changed', ({ presence }) => void told.push(presence));
  });
  afterAll(() => house.stop());

  /** As routing reserves, beside its script. */
  async function rung(tab: Tab): Promise<{ callId: string; handlingId: string }> {
    const ids = { callId: randomUUID(), handlingId: randomUUID() };
    expect(await house.presence.reserve(tab.actor.personId, ids.callId, ids.handlingId)).toBe(true);
    return ids;
  }

  it('is offline until the desk connects, not ready then, and ready only with a softphone', async () => {
    const actor = await house.actor('801');
    expect(await house.presence.get(actor.personId)).toMatchObject({
      state: 'offline',
      agentNumber: '801',
      name: actor.name,
      deviceReady: false,
    });
    const tab = await house.opens(actor);
    expect(await house.presence.get(actor.personId)).toMatchObject({
      state: 'not-ready',
      reason: 'signed-in',
    });
    expect(await house.presence.setByAgent(actor, { state: 'ready' })).toMatchObject({
      code: 'presence.no-device',
    });
    await house.bringsPhone(tab);
    expect(await house.presence.setByAgent(actor, { state: 'ready' })).toMatchObject({
      state: 'ready',
      deviceReady: true,
    });
    expect(told.filter(({ agentId }) => agentId === actor.personId).map(({ state }) => state)).toEqual([
      'not-ready',
      'not-ready',
      'ready',
    ]);
  });

  it('goes through a call, takes the wish made meanwhile, and every state is in the log', async () => {
    const tab = await house.ready('802');
    const agentId = tab.actor.personId;
    const { callId, handlingId } = await rung(tab);
    expect(await house.presence.setByAgent(tab.actor, { state: 'not-ready', reason: 'meal' })).toMatchObject({
      code: 'presence.not-allowed-now',
    });
    expect(await house.presence.answered(agentId, randomUUID(), handlingId)).toBe(false);
    expect(await house.presence.answered(agentId, callId, handlingId)).toBe(true);
    expect(await house.presence.setByAgent(tab.actor, { state: 'not-ready', reason: 'meal' })).toMatchObject({
      state: 'talking',
      next: 'not-ready',
      nextReason: 'meal',
    });
    expect(await house.presence.wrapUp(agentId, callId, handlingId)).toBe(true);
    expect(await house.presence.wrapUpDone(agentId, callId)).toBe(true);
    expect(await house.presence.wrapUpDone(agentId, callId)).toBe(false);
    expect(await house.presence.get(agentId)).toMatchObject({
      state: 'not-ready',
      reason: 'meal',
      next: null,
    });

    const source = house.get(DataSource);
    const rows = await eventually(async () => {
      const found: { state: string; reason: string | null; call_id: string | null }[] = await source.query(
        'select state, reason, call_id from presence_log where agent_id = $1 order by id',
        [agentId],
      );
      return found.length >= 6 && found;
    });
    expect(rows).toEqual([
      { state: 'not-ready', reason: 'signed-in', call_id: null },
      { state: 'ready', reason: null, call_id: null },
      { state: 'ringing', reason: null, call_id: callId },
      { state: 'talking', reason: null, call_id: callId },
      { state: 'wrap-up', reason: null, call_id: callId },
      { state: 'not-ready', reason: 'meal', call_id: null },
    ]);
    await expect(source.query('update presence_log set reason = null')).rejects.toThrow(/append-only/);
    await expect(source.query('delete from presence_log')).rejects.toThrow(/append-only/);
    const left = await house.get(RedisConnections).shared.xlen('agents:log');
    expect(left).toBe(0);
  });

  it('writes a log entry once, however often it is carried over', async () => {
    const { shared } = house.get(RedisConnections);
    const agentId = randomUUID();
    const fields = { agentId, at: 1_772_413_200_000, state: 'ready', reason: '', callId: '', handlingId: '' };
    const entry = Object.entries({ ...fields, deviceReady: '1' }).flat();
    const entryId = await shared.xadd('agents:log', '*', ...entry);
    const source = house.get(DataSource);
    const written = () =>
      source.query('select entry_id from presence_log where agent_id = $1', [agentId]) as Promise<unknown[]>;
    // The entry is carried over with the next change, whoever makes it.
    await house.presence.setByAgent(await house.actor('802'), { state: 'not-ready', reason: 'break' });
    await eventually(async () => (await written()).length === 1 && (await shared.xlen('agents:log')) === 0);
    // As after a crash between writing and forgetting: it is still in the stream. XADD takes only rising ids.
    await shared.del('agents:log');
    await shared.xadd('agents:log', String(entryId), ...entry);
    await house.presence.setByAgent(await house.actor('802'), { state: 'not-ready', reason: 'meal' });
    await eventually(async () => (await shared.xlen('agents:log')) === 0);
    expect(await written()).toHaveLength(1);
  });

  it('lets one of two simultaneous changes win', async () => {
    const tab = await house.ready('803');
    const agentId = tab.actor.personId;
    const { callId, handlingId } = await rung(tab);
    const [answered, missed, released] = await Promise.all([
      house.presence.answered(agentId, callId, handlingId),
      house.presence.missed(agentId, callId),
      house.presence.released(agentId, callId),
    ]);
    expect([answered, missed, released].filter(Boolean)).toHaveLength(1);
    const one = { callId: randomUUID(), handlingId: randomUUID() };
    const two = { callId: randomUUID(), handlingId: randomUUID() };
    const again = await house.ready('804');
    const taken = await Promise.all(
      [one, two].map((ids) => house.presence.reserve(again.actor.personId, ids.callId, ids.handlingId)),
    );
    expect(taken.filter(Boolean)).toHaveLength(1);
  });

  it('keeps the time of becoming idle when the caller gives up, and is not ready after a missed call', async () => {
    const tab = await house.ready('805');
    const agentId = tab.actor.personId;
    const { since } = await house.presence.get(agentId);
    const first = await rung(tab);
    expect(await house.presence.released(agentId, first.callId)).toBe(true);
    expect(await house.presence.get(agentId)).toMatchObject({ state: 'ready', since });
    const second = await rung(tab);
    expect(await house.presence.missed(agentId, second.callId)).toBe(true);
    expect(await house.presence.get(agentId)).toMatchObject({ state: 'not-ready', reason: 'missed-call' });
  });

  it('frees agents whose call nobody knows any more, and only those', async () => {
    const lost = await house.ready('806');
    await rung(lost);
    const held = (await house.presence.all()).filter(({ callId }) => callId !== null);
    expect(held.length).toBeGreaterThan(1);
    const freed = await house.presence.freeUnless(({ agentId }) => agentId !== lost.actor.personId);
    expect(freed).toEqual([lost.actor.personId]);
    expect(await house.presence.get(lost.actor.personId)).toMatchObject({ state: 'ready', callId: null });
  });

  it.each(['inspector', 'trainer', 'supervisor'])('refuses a %s', async (login) => {
    const actor = await house.actor(login);
    expect(await house.presence.setByAgent(actor, { state: 'ready' })).toMatchObject({
      code: 'permission.denied',
    });
    expect(
      await house.devices.lead(actor, 'socket', { clientId: 'browser-one', takeOver: false }),
    ).toMatchObject({ code: 'permission.denied' });
    expect(await house.devices.report(actor, 'socket', { registered: true, legs: [] })).toMatchObject({
      code: 'permission.denied',
    });
  });
});
