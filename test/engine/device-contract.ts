import { randomUUID } from 'node:crypto';
import { expect, it } from '@jest/globals';
import { eventually } from '../support/eventually.js';
import type { EngineRig } from './rig.js';
import { agentHz, Story } from './story.js';

/** The lines of the contract about devices and their accounts. */
export function deviceContract(rigOf: () => EngineRig): void {
  it('rings a device, which shows who calls and which call it is', async () => {
    const story = new Story(rigOf());
    const customer = await story.opened();
    const desk = await story.desk();
    const agent = await story.rings(desk, customer.legId);
    expect(desk.phone.shownNumber()).toBe('13800001111');
    expect(desk.phone.header('X-Sanling-Leg')).toBe(agent.legId);
    desk.phone.answers();
    const answered = await story.of(agent.legId, 'leg.answered');
    expect(answered.at).toBeGreaterThanOrEqual((await story.of(agent.legId, 'leg.ringing')).at);
    await story.ends(agent.legId, customer.legId);
    expect(story.kinds(agent.legId)).toEqual(['leg.ringing', 'leg.answered', 'leg.ended']);
  });

  it('tells that the device rejected', async () => {
    const story = new Story(rigOf());
    const customer = await story.opened();
    const desk = await story.desk();
    const agent = await story.rings(desk, customer.legId);
    desk.phone.rejects();
    expect(await story.of(agent.legId, 'leg.refused')).toMatchObject({ why: 'rejected', sipStatus: 603 });
    await story.ends(customer.legId);
    expect(story.kinds(agent.legId)).toEqual(['leg.ringing', 'leg.refused']);
  });

  it('stops ringing when it is told to', async () => {
    const story = new Story(rigOf());
    const customer = await story.opened();
    const desk = await story.desk();
    const agent = await story.rings(desk, customer.legId);
    await story.engine.endLeg(agent.legId);
    expect(await story.of(agent.legId, 'leg.ended')).toMatchObject({ by: 'local' });
    await eventually(() => agent.party.state() === 'ended');
    await story.ends(customer.legId);
    expect(story.kinds(agent.legId)).toEqual(['leg.ringing', 'leg.ended']);
  });

  it('refuses to ring a device that is not registered, and for a caller who has gone', async () => {
    const story = new Story(rigOf());
    const customer = await story.opened();
    const ring = { onBehalfOf: customer.legId, fromNumber: '1', fromName: '' };
    const [unknown, late] = [randomUUID(), randomUUID()];
    await story.engine.ringDevice({ ...ring, legId: unknown, deviceId: `desk-${randomUUID()}` });
    expect(await story.of(unknown, 'leg.refused')).toMatchObject({ why: 'unreachable' });
    const desk = await story.desk();
    customer.party.hangsUp();
    expect(await story.of(customer.legId, 'leg.ended')).toMatchObject({ by: 'remote' });
    await story.engine.ringDevice({ ...ring, legId: late, deviceId: desk.deviceId });
    expect(await story.of(late, 'leg.refused')).toMatchObject({ why: 'failed' });
  });

  it('tells that a device held and resumed by itself; the customer hears music meanwhile', async () => {
    const story = new Story(rigOf());
    const { customer, agent, desk } = await story.talking();
    desk.phone.holds();
    await story.of(agent.legId, 'leg.held-by-device');
    await eventually(() => customer.party.hearsMusic(), { withinMs: 15_000 });
    desk.phone.resumes();
    await story.of(agent.legId, 'leg.resumed-by-device');
    await eventually(() => customer.party.hears(agentHz));
    await story.ends(customer.legId, agent.legId);
  });

  it('lets a device dial what it may and nothing else', async () => {
    const story = new Story(rigOf());
    const guest = await story.desk(['8000']);
    const forbidden = await guest.phone.dials('110');
    await eventually(() => forbidden.state() === 'ended');
    expect(forbidden.status()).toBe(403);
    expect(story.told()).toEqual([]);
    const allowed = await guest.phone.dials('8000');
    const { legId, leg } = await story.hears('leg.arrived');
    expect(leg).toMatchObject({ deviceId: guest.deviceId, dialled: '8000' });
    allowed.hangsUp();
    expect(await story.of(legId, 'leg.ended')).toMatchObject({ by: 'remote' });
  });

  it('lets a device have one call of its own at a time', async () => {
    const story = new Story(rigOf());
    const guest = await story.desk(['8000']);
    const first = await guest.phone.dials('8000');
    const { legId } = await story.hears('leg.arrived');
    for (let count = 0; count < 3; count += 1) {
      const more = await guest.phone.dials('8000');
      await eventually(() => more.state() === 'ended');
      expect(more.status()).toBe(486);
    }
    first.hangsUp();
    await story.of(legId, 'leg.ended');
    expect(story.told().filter(({ kind }) => kind === 'leg.arrived')).toHaveLength(1);
    const next = await guest.phone.dials('8000');
    const arrived = await eventually(() =>
      story.told().find((one) => one.kind === 'leg.arrived' && one.legId !== legId),
    );
    next.hangsUp();
    if (arrived.kind === 'leg.arrived') await story.of(arrived.legId, 'leg.ended');
  });

  it('keeps a device registered when its account is pushed again', async () => {
    const story = new Story(rigOf());
    const { phone, deviceId, account } = await story.desk(['8000']);
    await story.engine.provisionDevice({ ...account, displayName: '802', mayDial: ['8001'] });
    expect(await story.engine.deviceReachable(deviceId)).toBe(true);
    expect(await phone.registers()).toBe(true);
    const before = await phone.dials('8000');
    await eventually(() => before.state() === 'ended');
    expect(before.status()).toBe(403);
    expect(story.told()).toEqual([]);
  });

  it('takes a device back: it cannot be rung or register, and its call goes on', async () => {
    const story = new Story(rigOf());
    const { customer, agent, desk } = await story.talking();
    await story.engine.revokeDevice(desk.deviceId);
    expect(await story.engine.deviceReachable(desk.deviceId)).toBe(false);
    expect(await desk.phone.registers()).toBe(false);
    const legId = randomUUID();
    const ring = {
      legId,
      deviceId: desk.deviceId,
      onBehalfOf: customer.legId,
      fromNumber: '1',
      fromName: '',
    };
    await story.engine.ringDevice(ring);
    expect(await story.of(legId, 'leg.refused')).toMatchObject({ why: 'unreachable' });
    expect(customer.party.hears(agentHz)).toBe(true);
    await story.engine.provisionDevice({
      deviceId: desk.deviceId,
      secret: randomUUID(),
      displayName: '802',
      mayDial: [],
    });
    expect(await story.engine.deviceReachable(desk.deviceId)).toBe(false);
    await story.engine.revokeDevice(desk.deviceId);
    await story.ends(customer.legId, agent.legId);
  });
}
