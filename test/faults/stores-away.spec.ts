import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { kinds } from '../e2e/call-book.js';
import { agentHz, customerHz, hearsJust, music } from '../e2e/voices.js';
import { eventually } from '../support/eventually.js';
import { FaultHouse } from './support/fault-house.js';

/** Longer for whoever wants to see half a minute go by. */
const awayMs = Number(process.env.SANLING_FAULT_AWAY_MS ?? 0);

describe('a store of the house is away', () => {
  let house: FaultHouse;
  beforeAll(async () => {
    house = await FaultHouse.open();
  }, 90_000);
  afterEach(async () => {
    await house.servers.start();
    await house.clear();
  }, 60_000);
  afterAll(() => house.close(), 60_000);

  const healthy = () =>
    eventually(async () => (await house.api.read('/api/health')).status === 200, {
      withinMs: 30_000,
      what: 'every part is up again',
    });
  const passes = async () => {
    const until = Date.now() + awayMs;
    await eventually(() => Date.now() >= until, { withinMs: awayMs + 1_000 });
  };

  it('PostgreSQL: talks go on, keys are answered "try again", and what was told is written down after', async () => {
    const agent = await house.agent('801');
    const customer = await house.customer('13900000011');
    customer.rtp.tone(customerHz);
    const phone = await agent.answers(agentHz);
    const leaving = await house.customer('13900000012');
    await music(leaving);
    const hold = { reason: 'check-record', consent: true, limitMs: 30_000 };

    await house.servers.kill('postgres');
    expect(await agent.refused('hold-call', hold)).toBe('service.try-again');
    leaving.hangUp();
    customer.sendDigits('5');
    const late = await house.customer('13900000013');
    await eventually(() => late.state === 'ringing', {
      withinMs: 10_000,
      what: 'a new caller hears ringing',
    });
    expect(hearsJust(customer, agentHz) && hearsJust(phone, customerHz)).toBe(true);
    const leftAt = Date.now();
    await passes();
    await house.servers.start();
    await healthy();

    // The server is up a moment before the call has written down what it was told meanwhile.
    const callId = agent.desk?.callId ?? '';
    const holds = async () => (await agent.socket.command('hold-call', { callId, ...hold })).ok;
    await eventually(holds, { withinMs: 5_000, everyMs: 200, what: 'keys work again' });
    await agent.shows('held');
    await agent.resumes();
    const abandoned = await house.book.recordWith('13900000012', 'abandoned');
    expect(Date.parse(abandoned.endedAt ?? '')).toBeLessThanOrEqual(leftAt);
    expect(kinds(await house.book.record('13900000011'))).toContain('digit.received');
    await eventually(() => late.state === 'up', { withinMs: 10_000, what: 'the new caller is let in' });
    expect(house.api.runs).toBe(true);
  }, 120_000);

  it('Redis: talks and their keys go on, nobody is lost from the queue, and who was matched is matched after', async () => {
    const agent = await house.agent('802');
    const customer = await house.customer('13900000021');
    customer.rtp.tone(customerHz);
    await agent.answers(agentHz);

    await house.servers.kill('redis');
    const waiting = await house.customer('13900000022');
    await music(waiting);
    expect((await agent.socket.command('set-presence', { state: 'ready' })).ok).toBe(false);
    await agent.holds();
    await agent.resumes();
    customer.hangUp();
    await agent.wrapsUp();
    await passes();
    await house.servers.start();
    await healthy();

    await eventually(
      async () => {
        if (agent.phase() === null) await agent.socket.command('set-presence', { state: 'ready' });
        return agent.phase() === 'ringing' && agent.desk?.fromNumber === '139****0022';
      },
      { withinMs: 30_000, everyMs: 250, what: 'the caller who came meanwhile rings' },
    );
    await agent.answers();
    expect(house.api.runs).toBe(true);
  }, 120_000);
});
