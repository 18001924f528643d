import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { maskedNumber } from '../../../src/kernel/masking.js';
import { Router } from '../../../src/routing/router.service.js';
import { TelephonyEngine } from '../../../src/telephony/port/engine.js';
import { Api } from '../../support/api.js';
import { eventually } from '../../support/eventually.js';
import type { SocketClient } from '../../support/socket-client.js';

describe('callers who came while nobody was connected to the exchange', () => {
  let api: Api;
  let agent: SocketClient;
  beforeAll(async () => {
    api = await Api.start();
    agent = await api.socketFor(await api.signIn('801'));
    const { deviceId, secret } = await agent.done('lead-device', { clientId: 'tab-of-801' });
    api.exchange.registerDevice(deviceId, secret);
    await agent.done('report-device', { registered: true });
    await agent.done('set-presence', { state: 'ready' });
  }, 60_000);
  afterAll(() => api?.stop());

  it('are offered in the order in which they called, though the first is the last to stand in the queue', async () => {
    const engine = api.get(TelephonyEngine);
    await engine.stop('main');
    const first = api.exchange.arrive({ dialled: '8000', fromNumber: '13800000011' });
    // Who calls in the same millisecond is neither first nor second.
    const at = Date.now();
    await eventually(() => Date.now() > at, { everyMs: 1 });
    const second = api.exchange.arrive({ dialled: '8000', fromNumber: '13800000012' });
    // The first of them gets there only when the second stands in the queue already.
    const router = api.get(Router);
    const enters = router.enter.bind(router);
    const enter = jest.spyOn(router, 'enter');
    const others = new Promise<void>((done) => {
      enter.mockImplementation(async (...where) => {
        if (enter.mock.calls.length === 1) await others;
        await enters(...where);
        if (enter.mock.calls.length === 2) done();
      });
    });
    await engine.start('main');
    const call = await agent.hears('call.changed', (shown) => shown !== null);
    expect(call?.fromNumber).toBe(maskedNumber('13800000011'));
    for (const legId of [first, second]) api.exchange.remoteHangsUp(legId ?? '');
  });
});
