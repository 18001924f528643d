import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { DeskSnapshot } from '../../../src/contracts/socket.js';
import { Announcements } from '../../../src/platform/announcements/announcements.js';
import { Router } from '../../../src/routing/router.service.js';
import { Api } from '../../support/api.js';
import { eventually } from '../../support/eventually.js';
import type { SocketClient } from '../../support/socket-client.js';

describe('the strip of queues on the desks', () => {
  let api: Api;
  let desk: SocketClient;
  beforeAll(async () => {
    api = await Api.start();
    desk = await api.socketFor(await api.signIn('801'));
    await desk.hears('desk.snapshot');
  }, 60_000);
  afterAll(() => api?.stop());

  const told = ({ heard }: SocketClient) => heard.filter(({ event }) => event === 'queues.changed').length;
  const waiting = (queues: DeskSnapshot['queues']) => queues.reduce((sum, queue) => sum + queue.waiting, 0);
  function calls(fromNumber: string): string {
    const legId = api.exchange.arrive({ dialled: '8000', fromNumber });
    if (!legId) throw new Error('the call was turned away');
    return legId;
  }
  /** Something happened after which a queue may have changed, and did not. */
  const looksAgain = () =>
    api.get(Announcements).announce({
      kind: 'call.advanced',
      callId: '',
      facts: [{ kind: 'customer.left' } as never],
    });

  it('is told when somebody waits, and not again while nothing changes', async () => {
    const first = calls('13800000001');
    await desk.hears('queues.changed', (queues) => waiting(queues) === 1);
    const before = told(desk);
    const looks = jest.spyOn(api.get(Router), 'waiting');
    looksAgain();
    await eventually(() => looks.mock.calls.length > 0, { what: 'the queues are looked at' });
    looks.mockRestore();
    // Whatever that look told would be here before what the next one tells.
    const second = calls('13800000003');
    await desk.hears('queues.changed', (queues) => waiting(queues) === 2);
    expect(told(desk)).toBe(before + 1);
    for (const legId of [first, second]) api.exchange.remoteHangsUp(legId);
    await desk.hears('queues.changed', (queues) => waiting(queues) === 0);
  });

  it('is told to one that came in between, though nothing changed for the others', async () => {
    const legId = calls('13800000002');
    await eventually(() => waiting(desk.last('queues.changed') ?? []) === 1);
    const late = await api.socketFor(await api.signIn('802'));
    expect(waiting((await late.hears('desk.snapshot')).queues)).toBe(1);
    looksAgain();
    expect(waiting(await late.hears('queues.changed'))).toBe(1);
    api.exchange.remoteHangsUp(legId);
    await late.hears('queues.changed', (queues) => waiting(queues) === 0);
  });
});
