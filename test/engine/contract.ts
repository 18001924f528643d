import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { eventually } from '../support/eventually.js';
import { recordingContract } from './recording-contract.js';
import type { EngineRig } from './rig.js';
import { agentHz, customerHz, Story } from './story.js';

/** What every engine must do. Both engines pass it, so that tests above the port may use the simulated one. */
export function engineContract(name: string, makeRig: () => Promise<EngineRig>): void {
  describe(`${name} engine`, () => {
    jest.setTimeout(30_000);
    let rig: EngineRig;
    beforeAll(async () => {
      rig = await makeRig();
    }, 60_000);
    afterEach(async () => {
      try {
        await eventually(
          async () => {
            expect(await rig.leftovers()).toEqual([]);
            return true;
          },
          { what: 'nothing is left behind' },
        );
      } finally {
        await rig.clear();
      }
    });
    afterAll(() => rig.close());

    it('tells an arrival and opens the line', async () => {
      const story = new Story(rig);
      const { legId, party } = await story.arrives({ fromNumber: '13800001111', fromName: 'Wang' });
      const arrived = await story.of(legId, 'leg.arrived');
      expect(arrived.leg).toMatchObject({ fromNumber: '13800001111', fromName: 'Wang', dialled: '8000' });
      expect(arrived.leg.deviceId).toBeUndefined();
      expect(Math.abs(arrived.at - rig.now())).toBeLessThan(5_000);
      await story.engine.progress(legId);
      await eventually(() => party.state() === 'ringing');
      await story.engine.openLine(legId);
      await story.of(legId, 'leg.answered');
      await eventually(() => party.state() === 'up');
      await story.ends(legId);
      expect(await story.of(legId, 'leg.ended')).toMatchObject({ by: 'local' });
      expect(story.kinds(legId)).toEqual(['leg.arrived', 'leg.answered', 'leg.ended']);
      await eventually(() => party.state() === 'ended');
    });

    it.each([
      ['unknown-number', 404],
      ['forbidden', 403],
      ['no-audio', 488],
      ['busy', 486],
    ] as const)('turns a caller away: %s', async (why, status) => {
      const story = new Story(rig);
      const { legId, party } = await story.arrives();
      await story.engine.turnAway(legId, why);
      expect(await story.of(legId, 'leg.ended')).toMatchObject({ by: 'local' });
      await eventually(() => party.state() === 'ended');
      expect(party.status()).toBe(status);
    });

    it('never tells a call that offers no audio', async () => {
      const story = new Story(rig);
      const party = await rig.calls({ dialled: '8000', withoutAudio: true });
      await eventually(() => party.state() === 'ended');
      expect(party.status()).toBe(488);
      expect(story.told()).toEqual([]);
    });

    it('rings a device, which shows who calls and which call it is', async () => {
      const story = new Story(rig);
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
      const story = new Story(rig);
      const customer = await story.opened();
      const desk = await story.desk();
      const agent = await story.rings(desk, customer.legId);
      desk.phone.rejects();
      expect(await story.of(agent.legId, 'leg.refused')).toMatchObject({ why: 'rejected', sipStatus: 603 });
      await story.ends(customer.legId);
      expect(story.kinds(agent.legId)).toEqual(['leg.ringing', 'leg.refused']);
    });

    it('stops ringing when it is told to', async () => {
      const story = new Story(rig);
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
      const story = new Story(rig);
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

    it('connects two parties, lets one wait with music and brings it back', async () => {
      const story = new Story(rig);
      const { customer, agent, roomId } = await story.talking();
      await story.engine.wait(customer.legId);
      await story.of(customer.legId, 'leg.waiting');
      await eventually(() => customer.party.hearsMusic(), { withinMs: 15_000 });
      await eventually(() => !agent.party.hears(customerHz) && !agent.party.hearsMusic());
      await rig.pass(agent.party, 400);
      expect([agent.party.hears(customerHz), agent.party.hearsMusic()]).toEqual([false, false]);
      await story.engine.connect(roomId, [customer.legId]);
      expect(await story.of(customer.legId, 'leg.connected', 2)).toMatchObject({ roomId });
      await eventually(() => customer.party.hears(agentHz) && agent.party.hears(customerHz));
      await story.ends(customer.legId, agent.legId);
    });

    it('moves a party to another room and closes rooms', async () => {
      const story = new Story(rig);
      const { customer, agent, roomId } = await story.talking();
      const other = randomUUID();
      await story.engine.connect(other, [customer.legId]);
      expect(await story.of(customer.legId, 'leg.connected', 2)).toMatchObject({ roomId: other });
      await eventually(() => !agent.party.hears(customerHz));
      await story.engine.closeRoom(other);
      await story.engine.closeRoom(roomId);
      expect([customer.party.state(), agent.party.state()]).toEqual(['up', 'up']);
      await story.engine.connect(roomId, [agent.legId, customer.legId]);
      await eventually(() => customer.party.hears(agentHz) && agent.party.hears(customerHz));
      await story.ends(agent.legId, customer.legId);
    });

    it.each(['customer', 'agent'] as const)('tells that the %s hung up', async (who) => {
      const story = new Story(rig);
      const { customer, agent } = await story.talking();
      const [first, second] = who === 'customer' ? [customer, agent] : [agent, customer];
      first.party.hangsUp();
      expect(await story.of(first.legId, 'leg.ended')).toMatchObject({ by: 'remote' });
      expect(second.party.state()).toBe('up');
      await story.ends(second.legId);
      expect(await story.of(second.legId, 'leg.ended')).toMatchObject({ by: 'local' });
    });

    it.each(['arrived', 'ringing', 'waiting'] as const)('tells that a caller gave up: %s', async (when) => {
      const story = new Story(rig);
      const { legId, party } = await story.arrives();
      if (when === 'ringing') await story.engine.progress(legId);
      if (when === 'ringing') await eventually(() => party.state() === 'ringing');
      if (when === 'waiting') {
        await story.engine.openLine(legId);
        await story.of(legId, 'leg.answered');
        await story.engine.wait(legId);
        await story.of(legId, 'leg.waiting');
      }
      party.hangsUp();
      expect(await story.of(legId, 'leg.ended')).toMatchObject({ by: 'remote' });
      await expect(story.engine.wait(legId)).resolves.toBeUndefined();
      await expect(story.engine.connect(randomUUID(), [legId])).resolves.toBeUndefined();
      await expect(story.engine.openLine(legId)).resolves.toBeUndefined();
      await expect(story.engine.playPrompt(legId, randomUUID(), rig.sound)).resolves.toBeUndefined();
      await expect(story.engine.sendDigits(legId, '1')).resolves.toBeUndefined();
      await expect(story.engine.startRecording(legId, randomUUID())).resolves.toBeUndefined();
      await expect(story.engine.endLeg(legId)).resolves.toBeUndefined();
    });

    it('tells keys and sends keys', async () => {
      const story = new Story(rig);
      const { legId, party } = await story.opened();
      party.presses('5#');
      expect(await story.of(legId, 'leg.digit', 2)).toMatchObject({ digit: '#' });
      expect(await story.of(legId, 'leg.digit')).toMatchObject({ digit: '5' });
      await story.engine.sendDigits(legId, '12*#');
      await eventually(() => party.digitsHeard() === '12*#');
      await story.ends(legId);
    });

    it('tells that a device held and resumed by itself; the customer hears music meanwhile', async () => {
      const story = new Story(rig);
      const { customer, agent, desk } = await story.talking();
      desk.phone.holds();
      await story.of(agent.legId, 'leg.held-by-device');
      await eventually(() => customer.party.hearsMusic(), { withinMs: 15_000 });
      desk.phone.resumes();
      await story.of(agent.legId, 'leg.resumed-by-device');
      await eventually(() => customer.party.hears(agentHz));
      await story.ends(customer.legId, agent.legId);
    });

    it('tells when a party speaks and for how long', async () => {
      const story = new Story(rig);
      const { legId, party } = await story.arrives();
      await story.engine.openLine(legId);
      await story.of(legId, 'leg.answered');
      await rig.pass(party, 500);
      expect(story.told().filter((event) => event.kind === 'leg.speaking')).toEqual([]);
      const begun = rig.now();
      party.speaks(customerHz);
      const speaking = await story.of(legId, 'leg.speaking');
      await rig.pass(party, 1_000);
      const ended = rig.now();
      party.speaks(0);
      await rig.pass(party, 600);
      const silent = await story.of(legId, 'leg.silent');
      expect(Math.abs(speaking.at - begun)).toBeLessThan(250);
      expect(Math.abs(silent.at - ended)).toBeLessThan(250);
      expect(Math.abs(silent.spokeMs - (ended - begun))).toBeLessThan(250);
      await story.ends(legId);
    });

    it('plays a prompt to one party, waiting or talking', async () => {
      const story = new Story(rig);
      const { customer, agent, roomId } = await story.talking();
      await story.engine.wait(customer.legId);
      await eventually(() => customer.party.hearsMusic(), { withinMs: 15_000 });
      const [waiting, talking, stopped] = [randomUUID(), randomUUID(), randomUUID()];
      await story.engine.playPrompt(customer.legId, waiting, rig.sound);
      await eventually(() => customer.party.hears(rig.promptHz));
      await rig.pass(customer.party, 1_000);
      await story.hears('prompt.finished', (event) => event.promptId === waiting);
      await eventually(() => customer.party.hearsMusic(), { withinMs: 15_000 });
      await story.engine.connect(roomId, [customer.legId]);
      await eventually(() => customer.party.hears(agentHz));
      await story.engine.playPrompt(customer.legId, talking, rig.sound);
      await eventually(() => customer.party.hears(rig.promptHz));
      expect(agent.party.hears(rig.promptHz)).toBe(false);
      await rig.pass(customer.party, 1_000);
      await story.hears('prompt.finished', (event) => event.promptId === talking);
      await story.engine.playPrompt(customer.legId, stopped, rig.sound);
      await eventually(() => customer.party.hears(rig.promptHz));
      await story.engine.stopPrompt(stopped);
      await story.hears('prompt.finished', (event) => event.promptId === stopped);
      await eventually(() => customer.party.hears(agentHz));
      await story.ends(customer.legId, agent.legId);
    });

    it('lets a device dial what it may and nothing else', async () => {
      const story = new Story(rig);
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

    it('keeps a device registered when its account is pushed again', async () => {
      const story = new Story(rig);
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
      const story = new Story(rig);
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

    it('finds the calls again after a restart', async () => {
      const story = new Story(rig);
      const { customer, agent, roomId } = await story.talking();
      const [gone, waiting] = [await story.opened(), await story.opened()];
      await story.engine.wait(waiting.legId);
      await story.of(waiting.legId, 'leg.waiting');
      await rig.restart(async () => {
        gone.party.hangsUp();
        await eventually(() => gone.party.state() === 'ended');
        expect([customer.party.state(), agent.party.state()]).toEqual(['up', 'up']);
      });
      await story.hears('engine.lost');
      const { legs } = await story.hears('engine.connected');
      const byId = <T extends { legId: string }>(a: T, b: T) => a.legId.localeCompare(b.legId);
      expect([...legs].sort(byId)).toEqual(
        [
          { legId: customer.legId, state: 'up', roomId, waiting: false } as const,
          { legId: agent.legId, state: 'up', roomId, waiting: false } as const,
          { legId: waiting.legId, state: 'up', waiting: true } as const,
        ].sort(byId),
      );
      await story.engine.wait(customer.legId);
      await story.of(customer.legId, 'leg.waiting');
      await story.engine.connect(roomId, [customer.legId]);
      await eventually(() => customer.party.hears(agentHz) && agent.party.hears(customerHz));
      waiting.party.hangsUp();
      expect(await story.of(waiting.legId, 'leg.ended')).toMatchObject({ by: 'remote' });
      customer.party.hangsUp();
      expect(await story.of(customer.legId, 'leg.ended')).toMatchObject({ by: 'remote' });
      await story.ends(agent.legId);
    });

    it('says how it is', async () => {
      expect(await rig.engine.health()).toMatchObject({ up: true });
      await rig.restart(async () => {
        expect(await rig.engine.health()).toMatchObject({ up: false });
        await expect(rig.engine.connect(randomUUID(), ['x'])).rejects.toThrow('telephony engine unavailable');
      });
      expect(await rig.engine.health()).toMatchObject({ up: true });
    });

    recordingContract(() => rig);
  });
}
