import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { SystemClock } from '../../../src/kernel/clock.js';
import { EngineNodes } from '../../../src/telephony/nodes/engine-nodes.js';
import { SimulatedEngine } from '../../../src/telephony/simulated/simulated-engine.js';
import { SimulatedExchange } from '../../../src/telephony/simulated/simulated-exchange.js';
import { fullWrapUp } from '../../e2e/robot-agent.js';
import { Api, telephonyOn } from '../../support/api.js';
import { eventually } from '../../support/eventually.js';
import type { SocketClient } from '../../support/socket-client.js';

/** The exchange as a house's node of this name. */
const nodeOf = (exchange: SimulatedExchange, name: string) =>
  telephonyOn(exchange, new EngineNodes(new Map([[name, new SimulatedEngine(exchange)]])));

describe('a telephony node that the house has no more', () => {
  let before: Api;
  let after: Api;
  const exchange = new SimulatedExchange(new SystemClock());
  beforeAll(async () => {
    before = await Api.start({ telephony: nodeOf(exchange, 'old') });
  }, 60_000);
  afterAll(async () => {
    await after?.stop();
    await before?.stop();
  });

  async function desk(api: Api): Promise<SocketClient> {
    const socket = await api.socketFor(await api.signIn('801'));
    await socket.hears('desk.snapshot');
    return socket;
  }

  it('has its calls ended with a fact that says so, and the agent writes the record', async () => {
    const agent = await desk(before);
    const { deviceId, secret } = await agent.done('lead-device', { clientId: 'tab-of-801' });
    exchange.registerDevice(deviceId, secret);
    await agent.done('report-device', { registered: true });
    await agent.done('set-presence', { state: 'ready' });
    exchange.arrive({ dialled: '8000', fromNumber: '13800000021' });
    const ringing = await agent.hears('call.changed', (call) => call?.phase === 'ringing');
    exchange.deviceAnswers(ringing?.agentLegId ?? '');
    const talking = await agent.hears('call.changed', (call) => call?.phase === 'talking');
    await before.close();

    after = await Api.start({
      beside: before,
      telephony: nodeOf(exchange, 'main'),
    });
    const again = await desk(after);
    const shown = () => again.last('call.changed') ?? again.last('desk.snapshot')?.call;
    await eventually(() => shown()?.phase === 'wrap-up', { withinMs: 20_000, what: 'the talk is over' });
    const callId = shown()?.callId ?? '';
    expect(callId).toBe(talking?.callId);
    await again.done('complete-wrap-up', { callId, record: fullWrapUp });
    const cookie = await after.signIn('supervisor');
    const { body } = await after.read(`/api/calls/${callId}`, { cookie });
    expect(body).toMatchObject({ state: 'ended', outcome: 'lost' });
    const { timeline } = body as { timeline: { kind: string; data: object }[] };
    expect(timeline.find(({ kind }) => kind === 'node.retired')?.data).toEqual({ node: 'old' });
  });
});
