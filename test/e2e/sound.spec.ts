import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { z } from 'zod';
import { type LegSound, legSoundSchema, type SoundSample } from '../../src/contracts/sound-quality.js';
import type { TimelineEventOf } from '../../src/contracts/timeline.js';
import { eventually } from '../support/eventually.js';
import { askAsterisk } from '../support/phones/asterisk-rest.js';
import { House } from './house.js';
import { agentHz, customerHz, heard, outsideHz } from './voices.js';

jest.setTimeout(120_000);

describe('the sound of legs through the real exchange', () => {
  let house: House;
  beforeAll(async () => {
    house = await House.open();
  }, 60_000);
  afterEach(() => house.clear());
  afterAll(() => house.close());

  async function soundOf(callId: string): Promise<LegSound[]> {
    const cookie = await house.api.signIn('inspector');
    const { body } = await house.api.read(`/api/calls/${callId}/sound`, { cookie });
    return z.array(legSoundSchema).parse(body);
  }

  /** Waits for the fact on the call's record. */
  async function fact<K extends 'quality.dropped' | 'quality.recovered'>(
    callId: string,
    kind: K,
  ): Promise<TimelineEventOf<K>> {
    return eventually(
      async () => {
        const record = await house.recordOf(callId);
        return record.timeline.find((event): event is TimelineEventOf<K> => event.kind === kind);
      },
      { withinMs: 40_000, everyMs: 500, what: `${kind} is on record` },
    );
  }

  it('a customer who loses every fifth packet is a fact and an alarm, and a fact when it is over', async () => {
    const lead = await house.lead();
    await lead.socket.done('watch-floor', {});
    const agent = await house.agent('801');
    const customer = await house.customer('13800000501', '8000', { tone: customerHz });
    await agent.answers(agentHz);
    const callId = agent.desk?.callId ?? '';
    customer.rtp.loses(0.2);
    const dropped = await fact(callId, 'quality.dropped');
    expect(dropped).toMatchObject({ source: 'system', data: { side: 'customer' } });
    expect(dropped.data.lossShare).toBeGreaterThan(0.15);
    expect(dropped.data.lossShare).toBeLessThan(0.25);
    expect(dropped.data.mos).toBeLessThan(3.1);
    const alarm = await eventually(
      () => lead.socket.last('floor.changed')?.alarms.find((one) => one.callId === callId),
      { what: 'the lead is alarmed' },
    );
    expect(alarm).toMatchObject({ code: 'sound.bad', level: 'missed', agentId: dropped.data.agentId });

    customer.rtp.loses(0);
    const recovered = await fact(callId, 'quality.recovered');
    expect(recovered.data.side).toBe('customer');
    // The policy asks for ten seconds without a bad one before it is believed.
    expect(Date.parse(recovered.at) - Date.parse(dropped.at)).toBeGreaterThanOrEqual(9_000);

    customer.hangUp();
    await agent.wrapsUp();
    const [leg] = await soundOf(callId);
    expect(leg).toMatchObject({ side: 'customer', codec: 'PCMA', agentId: null });
    expect(leg?.samples).toBeGreaterThan(3);
    expect(leg?.mosWorst).toBeLessThan(3.1);
    expect(leg?.mosAverage).toBeGreaterThan(leg?.mosWorst ?? 0);
    expect(leg?.lossShare).toBeGreaterThan(0.02);
    const facts = (await house.recordOf(callId)).timeline.filter(({ kind }) => kind.startsWith('quality.'));
    expect(facts.map(({ kind }) => kind)).toEqual(['quality.dropped', 'quality.recovered']);
  });

  it('a good call has good figures on each leg, and no fact', async () => {
    const agent = await house.agent('802');
    const customer = await house.customer('13800000502', '8000', { tone: customerHz });
    await agent.answers(agentHz);
    const { callId = '', agentLegId = '' } = agent.desk ?? {};
    const sample: SoundSample = {
      lossShare: 0,
      jitterMs: 2,
      roundTripMs: 8,
      lossShareOut: 0,
      codec: 'opus',
      overMs: 5_000,
    };
    await agent.socket.done('report-sound', { callId, legId: agentLegId, sample });
    const legs = await eventually(
      async () => {
        const all = await soundOf(callId);
        return all.length === 2 && all;
      },
      { withinMs: 20_000, everyMs: 500, what: 'both legs were measured' },
    );
    for (const leg of legs) expect(leg.mosWorst).toBeGreaterThan(4);
    expect(legs.map(({ side, codec }) => `${side} ${codec}`).sort()).toEqual(['agent opus', 'customer PCMA']);
    customer.hangUp();
    await agent.wrapsUp();
    const record = await house.recordOf(callId);
    expect(record.timeline.some(({ kind }) => kind.startsWith('quality.'))).toBe(false);
  });

  it('an outside party in the talk has figures of its own', async () => {
    const agent = await house.agent('803');
    const customer = await house.customer('13800000503', '8000', { tone: customerHz });
    await agent.answers(agentHz);
    const callId = agent.desk?.callId ?? '';
    const outside = house.outside('13900000504', 'rings');
    await agent.invites({ kind: 'number', number: '13900000504' });
    const party = await outside.call();
    // The trunk offers A-law before µ-law.
    expect(party.codecs).toEqual(['PCMA', 'PCMU']);
    party.answer();
    party.rtp.tone(outsideHz);
    await heard('all three talk', [customer, agentHz, outsideHz]);
    await eventually(
      async () => {
        const leg = (await soundOf(callId)).find(({ side }) => side === 'outside');
        return leg?.codec === 'PCMA' && leg.mosWorst > 4;
      },
      { withinMs: 20_000, everyMs: 500, what: 'the outside party was measured' },
    );
    customer.hangUp();
    await agent.wrapsUp();
  });

  it('the trunk takes A-law before µ-law, whatever the other side puts first', async () => {
    const agent = await house.agent('804');
    const customer = await house.customer('13800000505', '8000', { offer: 'both-laws', tone: customerHz });
    await agent.answers(agentHz);
    expect(customer.codecs[0]).toBe('PCMA');
    // The phone understands A-law only: it is what is really spoken.
    await heard('the customer hears the agent', [customer, agentHz]);
    customer.hangUp();
    await agent.wrapsUp();
    const rendered = await readFile(join(house.services.SANLING_HOME, 'asterisk/etc/pjsip.conf'), 'utf8');
    expect(/\[trunk\]\ntype = endpoint\n(?:.+\n)*?disallow = all\nallow = (.+)\n/.exec(rendered)?.[1]).toBe(
      'alaw,ulaw',
    );
  });

  it('a softphone is offered Opus first', async () => {
    const socket = await house.api.socketFor(await house.api.signIn('805'));
    const { deviceId } = await socket.done('lead-device', { clientId: 'browser-805' });
    const path = `asterisk/config/dynamic/res_pjsip/endpoint/${deviceId}`;
    const fields = z
      .array(z.object({ attribute: z.string(), value: z.string() }))
      .parse(await askAsterisk(house.services, 'GET', path));
    expect(fields.find(({ attribute }) => attribute === 'allow')?.value).toBe('(opus|alaw|ulaw)');
    socket.close();
  });
});
