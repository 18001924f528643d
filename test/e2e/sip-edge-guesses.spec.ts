import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { freeFailures } from '../../src/edge/domain/back-off.js';
import { eventually } from '../support/eventually.js';
import type { Wish } from '../support/phones/raw-sip.js';
import { RawWebSip } from '../support/phones/raw-web-sip.js';
import { runSipp } from '../support/phones/sipp.js';
import type { SocketClient } from '../support/socket-client.js';
import { EdgeHouse, invite, stranger } from './edge-house.js';
import type { House } from './house.js';
import type { RobotAgent } from './robot-agent.js';

jest.setTimeout(120_000);

describe('the edge of the telephony, to those who guess at secrets', () => {
  let edge: EdgeHouse;
  let house: House;
  let agent: RobotAgent;
  let lead: SocketClient;
  beforeAll(async () => {
    edge = await EdgeHouse.open();
    ({ house, agent } = edge);
    lead = await house.api.socketFor(await house.api.signIn('supervisor'));
    await lead.done('watch-floor', {});
  }, 60_000);
  afterEach(async () => {
    try {
      await edge.nothingHappened();
    } finally {
      edge.clear();
    }
  });
  afterAll(() => house.close());

  it('shuts out who guesses at secrets over the trunk, tells it, and spares the carrier', async () => {
    const guesses = { scenario: 'stranger-guesses.xml', server: house.trunk, callsPerSecond: 10 };
    const user = agent.phone.options.user;
    const rows = (count: number) =>
      Array.from({ length: count }, (_, n) => [
        user,
        `[authentication username=${user} password=guess-${n}]`,
      ]);
    const address = stranger(13);
    await runSipp({ ...guesses, rows: rows(freeFailures + 1), address });
    const guesser = await edge.raw(address);
    await eventually(async () => (await guesser.ask({ method: 'OPTIONS', from: 'nobody' })).status === 403, {
      what: 'the guesser is shut out',
    });
    expect((await guesser.ask(invite(agent.phone.options.user))).status).toBe(403);
    const alarm = await eventually(
      () => lead.last('floor.changed')?.alarms.find(({ detail }) => detail === address),
      { what: 'the supervisor is alarmed' },
    );
    expect(alarm).toMatchObject({ code: 'edge.attacked', level: 'breach', callId: null, agentId: null });
    const told = edge.log.filter((line) => line.includes('"context":"Security"') && line.includes(address));
    expect(told.join('')).toContain(`refused from ${address} over trunk: failure 5, shut out for 4 s`);
    expect(
      await edge.raw(stranger(14)).then((one) => one.ask({ method: 'OPTIONS', from: 'x' })),
    ).toMatchObject({
      status: 401,
    });
    const asCarrier = await runSipp({ ...guesses, rows: rows(freeFailures + 3), address: '127.0.0.222' });
    expect(asCarrier).toMatchObject({ succeeded: freeFailures + 3 });
    expect(
      await edge.raw('127.0.0.222').then((one) => one.ask({ method: 'OPTIONS', from: 'x' })),
    ).toMatchObject({
      status: 200,
    });
    // The shut-out ends by itself.
    await eventually(async () => (await guesser.ask({ method: 'OPTIONS', from: 'nobody' })).status === 401, {
      withinMs: 15_000,
      what: 'the guesser is let in again',
    });
  });

  it('shuts out who guesses at secrets through the softphones’ door, and nobody else behind their address', async () => {
    const account = await edge.guest();
    const page = await edge.web(account.socketPath);
    const neighbour = await edge.guest();
    const beside = await edge.web(neighbour.socketPath);
    const desk = await edge.web('/sip', agent.cookie);
    const register: Wish = { method: 'REGISTER', from: account.deviceId };
    for (let count = 0; count <= freeFailures && page.closedWith === undefined; count += 1)
      await page.ask(register, { user: account.deviceId, secret: `guess-${count}` });
    expect(await page.closed()).toBe(4429);
    expect(await RawWebSip.open(house.api.url, account.socketPath)).toBe(429);
    const { user = '', secret = '' } = agent.phone.options;
    const own = [
      await beside.ask(
        { method: 'REGISTER', from: neighbour.deviceId },
        { user: neighbour.deviceId, secret: neighbour.secret },
      ),
      await desk.ask({ method: 'OPTIONS', from: user, to: '8000' }, { user, secret }),
      await (await edge.web(neighbour.socketPath)).ask({ method: 'OPTIONS', from: neighbour.deviceId }),
      await (await edge.web('/sip', agent.cookie)).ask({ method: 'OPTIONS', from: user }),
    ];
    // Each is answered, by the engine: a page and a desk that were there, and both anew.
    expect(own.map((said) => said?.status)).toEqual([200, 200, 401, 401]);
    await eventually(
      async () => {
        const again = await RawWebSip.open(house.api.url, account.socketPath);
        if (typeof again === 'number') return false;
        edge.keep(again);
        return true;
      },
      { withinMs: 15_000, what: 'the page is let in again' },
    );
  });

  it('never writes a secret into a log', () => edge.expectNoSecretInLogs());
});
