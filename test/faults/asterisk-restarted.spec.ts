import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { kinds } from '../e2e/call-book.js';
import { music } from '../e2e/voices.js';
import { eventually } from '../support/eventually.js';
import { FaultHouse } from './support/fault-house.js';

describe('Asterisk is restarted', () => {
  let house: FaultHouse;
  beforeAll(async () => {
    house = await FaultHouse.open();
  }, 90_000);
  afterAll(() => house.close(), 60_000);

  it('its calls are lost and say so; who calls again comes first; softphones register with the accounts they have', async () => {
    const agent = await house.agent('801');
    await house.customer('13900000031');
    await agent.answers();
    await music(await house.customer('13900000032'));

    await house.servers.kill('asterisk');
    await house.servers.start();
    const lost = await house.book.recordWith('13900000032', 'lost');
    expect(lost.timeline.find(({ kind }) => kind === 'call.ended')?.data).toMatchObject({
      by: 'engine',
      cause: 'engine.lost',
    });
    expect(kinds(lost)).toContain('engine.gap');
    expect(await house.book.record('13900000031')).toMatchObject({ outcome: 'lost', state: 'ended' });

    await music(await house.customer('13900000033'));
    await music(await house.customer('13900000032'));
    await agent.registersAgain();
    await agent.wrapsUp();
    await eventually(
      async () => {
        if (agent.presence === 'not-ready') await agent.socket.command('set-presence', { state: 'ready' });
        return agent.phase() === 'ringing';
      },
      { withinMs: 20_000, everyMs: 250, what: 'the agent is rung again' },
    );
    expect(agent.desk?.fromNumber).toBe('139****0032');
    await agent.answers();
  }, 120_000);
});
