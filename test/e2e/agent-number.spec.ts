import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { PolicyVersion } from '../../src/contracts/policy.js';
import { eventually } from '../support/eventually.js';
import { hearsTone, loudness } from '../support/phones/tone-detector.js';
import { House, kinds } from './house.js';

jest.setTimeout(60_000);

const customerHz = 440;
const agentHz = 1_000;

describe("the agent's number before the connection", () => {
  let house: House;
  beforeAll(async () => {
    house = await House.open();
    const cookie = await house.api.signIn('supervisor');
    const { version, document } = (await house.api.read('/api/policy', { cookie })).body as PolicyVersion;
    const change = {
      basedOn: version,
      why: '播报工号',
      document: { ...document, announceAgentNumber: true },
    };
    const { status } = await house.api.post('/api/policy', { cookie, body: change });
    expect(status).toBe(201);
  }, 60_000);
  afterEach(() => house.clear());
  afterAll(() => house.close());

  it('is heard by the customer alone; then the two hear each other', async () => {
    const agent = await house.agent('801');
    const customer = await house.customer('13800000101', '8000', { tone: customerHz });
    await agent.rings();
    const desk = await agent.answers(agentHz);
    await eventually(async () => kinds(await house.record('13800000101')).includes('agent-number.started'));
    await eventually(() => agent.desk?.announcing, { what: 'the desk says why nobody is heard' });
    // Words, and neither the agent nor silence.
    await eventually(() => loudness(customer.rtp.lastHeard(200)) > 0.02);
    expect(hearsTone(customer.rtp.lastHeard(200), agentHz)).toBe(false);
    expect(hearsTone(desk.rtp.lastHeard(200), customerHz)).toBe(false);
    await eventually(() => hearsTone(customer.rtp.lastHeard(200), agentHz), {
      withinMs: 10_000,
      what: 'the customer hears the agent',
    });
    await eventually(() => hearsTone(desk.rtp.lastHeard(200), customerHz));
    await eventually(() => agent.desk?.announcing === false);
    customer.hangUp();
    await agent.wrapsUp();
    const record = await house.recordWith('13800000101', 'answered');
    const told = kinds(record);
    const from = told.indexOf('ring.answered');
    expect(told.slice(from, from + 4)).toEqual([
      'ring.answered',
      'agent-number.started',
      'agent-number.ended',
      'talk.started',
    ]);
    const at = (kind: string) => Date.parse(record.timeline.find((fact) => fact.kind === kind)?.at ?? '');
    const saidMs = at('agent-number.ended') - at('agent-number.started');
    // "工号", three digits and "为您服务" last 3.8 s; the patience of 10 s did not end it.
    expect(saidMs).toBeGreaterThan(3_000);
    expect(saidMs).toBeLessThan(8_000);
  });

  it('ends with the customer who hangs up meanwhile', async () => {
    const agent = await house.agent('801');
    const customer = await house.customer('13800000102');
    await agent.answers(agentHz);
    await eventually(async () => kinds(await house.record('13800000102')).includes('agent-number.started'));
    customer.hangUp();
    await agent.wrapsUp();
    const record = await house.recordWith('13800000102', 'answered');
    // The words end with the leg; nobody is connected after that.
    expect(kinds(record)).not.toContain('talk.started');
    expect(record.endedBy).toBe('customer');
  });

  it('is cut short when the agent is lost; the next agent takes the customer without it', async () => {
    const agent = await house.agent('801');
    const customer = await house.customer('13800000103');
    const desk = await agent.answers(agentHz);
    await eventually(async () => kinds(await house.record('13800000103')).includes('agent-number.started'));
    desk.hangUp();
    await eventually(async () => kinds(await house.record('13800000103')).includes('agent.lost'));
    const next = await house.agent('802');
    await next.answers(agentHz);
    await eventually(() => hearsTone(customer.rtp.lastHeard(200), agentHz), {
      withinMs: 10_000,
      what: 'the customer hears the next agent',
    });
    customer.hangUp();
    await next.wrapsUp();
    await agent.wrapsUp();
    const record = await house.recordWith('13800000103', 'answered');
    expect(kinds(record).filter((kind) => kind === 'agent-number.started')).toHaveLength(1);
  });
});
