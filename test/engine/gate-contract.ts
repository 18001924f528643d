import { expect, it } from '@jest/globals';
import { eventually } from '../support/eventually.js';
import type { EngineRig, RigStranger } from './rig.js';
import { Story } from './story.js';

/** The lines of the contract about strangers and who is shut out. */
export function gateContract(rigOf: () => EngineRig): void {
  const becomes = (stranger: RigStranger, answer: 'asked' | 'refused') =>
    eventually(async () => (await stranger.knocks()) === answer, {
      what: `${stranger.address} is ${answer}`,
    });

  it('tells of each wrong proof: who was tried, from where, and nothing of questions without one', async () => {
    const story = new Story(rigOf());
    const { deviceId } = await story.desk();
    const stranger = await rigOf().stranger();
    expect(await stranger.knocks()).toBe('asked');
    for (const account of [deviceId, deviceId, 'nobody-here']) await stranger.guessesAt(account);
    const refused = await eventually(() => {
      const told = story.told().filter((event) => event.kind === 'stranger.refused');
      return told.length >= 3 && told;
    });
    expect(refused.map((event) => event.stranger)).toMatchObject([
      { over: 'trunk', address: stranger.address, account: deviceId },
      { over: 'trunk', address: stranger.address, account: deviceId },
      // Not repeated: there is no such account.
      { over: 'trunk', address: stranger.address, account: '' },
    ]);
    expect(new Set(refused.map((event) => event.stranger.attemptId)).size).toBe(3);
    for (const { at } of refused) expect(Math.abs(at - rigOf().now())).toBeLessThan(5_000);
  });

  it('refuses whatever comes from an address that is shut out, and nobody else, until it is let in', async () => {
    const story = new Story(rigOf());
    const { deviceId, phone } = await story.desk();
    const [stranger, another] = [await rigOf().stranger(), await rigOf().stranger()];
    await story.engine.shutOut(stranger.address);
    await becomes(stranger, 'refused');
    await stranger.guessesAt(deviceId);
    expect(await another.knocks()).toBe('asked');
    expect(await phone.registers()).toBe(true);
    // Shut out twice is shut out once.
    await story.engine.shutOut(stranger.address);
    expect(await stranger.knocks()).toBe('refused');
    await story.engine.letIn(stranger.address);
    await becomes(stranger, 'asked');
    await expect(story.engine.letIn(stranger.address)).resolves.toBeUndefined();
    expect(await stranger.knocks()).toBe('asked');
    expect(story.told()).toEqual([]);
  });

  it('keeps an address shut out while the server restarts', async () => {
    const story = new Story(rigOf());
    const stranger = await rigOf().stranger();
    await story.engine.shutOut(stranger.address);
    await becomes(stranger, 'refused');
    await rigOf().restart(async () => {
      expect(await stranger.knocks()).toBe('refused');
    });
    expect(await stranger.knocks()).toBe('refused');
    await rigOf().engine.letIn(stranger.address);
    await becomes(stranger, 'asked');
  });

  it('shuts out nothing that is no address', async () => {
    const { engine } = rigOf();
    const stranger = await rigOf().stranger();
    for (const wrong of ['', 'carrier.example', '0.0.0.0/0', '127.0.0.1,127.0.0.2', '../acl/x']) {
      await expect(engine.shutOut(wrong)).rejects.toThrow('not an address');
      await expect(engine.letIn(wrong)).rejects.toThrow('not an address');
    }
    expect(await stranger.knocks()).toBe('asked');
  });
}
