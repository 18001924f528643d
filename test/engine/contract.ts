import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { eventually } from '../support/eventually.js';
import { conferenceContract } from './conference-contract.js';
import { deviceContract } from './device-contract.js';
import { gateContract } from './gate-contract.js';
import { listeningContract } from './listening-contract.js';
import { numberContract } from './number-contract.js';
import { recordingContract } from './recording-contract.js';
import type { EngineRig, RigParty } from './rig.js';
import { soundContract } from './sound-contract.js';
import { agentHz, customerHz, Story } from './story.js';
import { talkContract } from './talk-contract.js';

/** Who the leg is and when it came, for whoever does not know it. */
const cameBy = (legId: string) => expect.objectContaining({ leg: expect.objectContaining({ legId }) });

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
      // A leg that ends in this very moment may still be listed: its end is told then.
      if (legs.some(({ legId }) => legId === gone.legId)) await story.of(gone.legId, 'leg.ended');
      const byId = <T extends { legId: string }>(a: T, b: T) => a.legId.localeCompare(b.legId);
      expect(legs.filter(({ legId }) => legId !== gone.legId).sort(byId)).toEqual(
        [
          { legId: customer.legId, state: 'up', roomId, waiting: false, arrival: cameBy(customer.legId) },
          { legId: agent.legId, state: 'up', roomId, waiting: false },
          { legId: waiting.legId, state: 'up', waiting: true, arrival: cameBy(waiting.legId) },
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

    it('lets those wait with music who call while nobody is connected, and brings them in after', async () => {
      const story = new Story(rig);
      const parties: RigParty[] = [];
      const calls = async (fromNumber: string) => {
        const party = await rig.calls({ dialled: '8000', fromNumber });
        parties.push(party);
        await eventually(() => party.state() === 'up' && party.hearsMusic(), { withinMs: 15_000 });
      };
      const before = (await rig.leftovers()).length;
      await rig.restart(async () => {
        for (const number of ['13800000071', '13800000072', '13800000073']) await calls(number);
        parties[1]?.hangsUp();
        await eventually(() => parties[1]?.state() === 'ended');
        // The phone has its answer before the exchange has let go of the leg.
        await eventually(async () => (await rig.leftovers()).length === before + 2);
      });
      const { outside } = await story.hears('engine.connected');
      expect(outside).toHaveLength(2);
      for (const [index, legId] of outside.entries()) {
        const { at, leg } = await story.of(legId, 'leg.arrived');
        expect(leg).toMatchObject({ fromNumber: ['13800000071', '13800000073'][index], dialled: '8000' });
        expect(leg.waitedSince).toBeLessThanOrEqual(at);
        await story.of(legId, 'leg.answered');
        await story.engine.wait(legId);
        await story.of(legId, 'leg.waiting');
        await story.engine.endLeg(legId);
        await story.ends(legId);
      }
    });

    it('says how it is', async () => {
      expect(await rig.engine.health()).toMatchObject({ up: true });
      await rig.restart(async () => {
        expect(await rig.engine.health()).toMatchObject({ up: false });
        await expect(rig.engine.connect(randomUUID(), ['x'])).rejects.toThrow('telephony engine unavailable');
      });
      expect(await rig.engine.health()).toMatchObject({ up: true });
    });

    deviceContract(() => rig);
    gateContract(() => rig);
    talkContract(() => rig);
    soundContract(() => rig);
    recordingContract(() => rig);
    listeningContract(() => rig);
    conferenceContract(() => rig);
    numberContract(() => rig);
  });
}
