import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { WebSocket } from 'ws';
import { sipText } from '../builders/sip-text.js';
import { head, knock, manyTimes, upgrading } from '../support/raw-http.js';
import type { SocketClient } from '../support/socket-client.js';
import { OwnApi } from './support/own-api.js';

/** What a person at a desk calls "at once", in nine cases of ten while others flood the house. */
const atOnceMs = 1_000;
const askEveryMs = 40;

describe('while the house is flooded', () => {
  let api: OwnApi;
  let desk: SocketClient;
  let cookie = '';
  let flooder = '';
  beforeAll(async () => {
    api = await OwnApi.open({ SANLING_LOG_LEVEL: 'warn' });
    cookie = await api.signIn('801');
    desk = await api.socketFor(cookie);
    flooder = await api.signIn('802');
  }, 90_000);
  afterAll(() => api.stop(), 60_000);

  const stranger = (first: string, headers = {}) =>
    knock(api.url, head(first, headers), { withinMs: 20_000 });
  const wrong = (n: number) =>
    api.post('/api/session', { body: { login: `80${n % 9}`, password: `guess ${n}` } });

  const floods: [string, () => Promise<unknown>][] = [
    ['targets that are none', () => manyTimes(1_000, () => stranger('GET // HTTP/1.1', upgrading))],
    ['upgrades to nobody', () => manyTimes(1_000, () => stranger('GET /socket.iofoo HTTP/1.1', upgrading))],
    [
      'upgrades that cannot be completed',
      () => manyTimes(1_000, () => stranger('GET /sip HTTP/1.1', { ...upgrading, 'Sec-WebSocket-Key': 'x' })),
    ],
    ['wrong passwords', () => manyTimes(400, wrong)],
    [
      'made-up sessions',
      () =>
        manyTimes(1_000, () =>
          api.read('/api/calls', { cookie: `sanling_session=${randomBytes(32).toString('base64url')}` }),
        ),
    ],
    ['events that nobody asked for', () => events()],
    ['tabs of one session', () => tabs()],
    ['frames of one softphone', () => frames()],
  ];

  /** A tab is closed for it: the next one goes on. */
  async function events(): Promise<void> {
    for (let tabsUsed = 0; tabsUsed < 5; tabsUsed += 1) {
      const tab = await api.socketFor(flooder);
      for (let n = 0; n < 1_000; n += 1) tab.socket.emit('set-presence', { state: 'ready' });
      await once(tab.socket as never, 'disconnect');
    }
  }

  async function tabs(): Promise<void> {
    const outcomes = await Promise.allSettled(Array.from({ length: 150 }, () => api.socketFor(flooder)));
    expect(outcomes.some(({ status }) => status === 'rejected')).toBe(true);
    for (const outcome of outcomes) if (outcome.status === 'fulfilled') outcome.value.close();
  }

  async function frames(): Promise<void> {
    const socket = new WebSocket(`${api.url.replace('http', 'ws')}/sip`, 'sip', {
      headers: { cookie: flooder },
    });
    await once(socket, 'open');
    const closed = once(socket, 'close');
    for (let n = 0; n < 3_000; n += 1) socket.send(sipText('OPTIONS'));
    const [code] = await closed;
    expect(code).toBe(4429);
  }

  /** How long the desk and its page wait for answers until the flood is over, ms, the shortest first. */
  async function waitsDuring(flood: Promise<unknown>): Promise<number[]> {
    let over = false;
    const ended = flood.finally(() => {
      over = true;
    });
    const waits: number[] = [];
    do {
      const from = performance.now();
      await desk.raw('nothing', {});
      const { status } = await api.read('/api/session', { cookie });
      expect(status).toBe(200);
      waits.push(performance.now() - from);
      await pause(askEveryMs);
    } while (!over);
    await ended;
    return waits.sort((one, other) => one - other);
  }

  it.each(floods)(
    'by %s, who is at work is answered at once',
    async (what, begin) => {
      const { pid } = api;
      const waits = await waitsDuring(begin());
      const usual = waits[Math.floor(waits.length * 0.9)] ?? 0;
      console.log(
        `${what}: ${waits.length} answers, nine in ten within ${usual.toFixed()} ms, worst ${waits.at(-1)?.toFixed()}`,
      );
      expect(usual).toBeLessThan(atOnceMs);
      expect([api.pid, api.runs, desk.socket.connected]).toEqual([pid, true, true]);
      expect((await api.read('/api/health')).status).toBe(200);
    },
    90_000,
  );
});
