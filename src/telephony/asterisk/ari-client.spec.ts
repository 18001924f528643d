import { afterEach, describe, expect, it } from '@jest/globals';
import { type WebSocket, WebSocketServer } from 'ws';
import { eventually } from '../../../test/support/eventually.js';
import { ManualClock, SystemClock } from '../../kernel/clock.js';
import { AriClient } from './ari-client.js';
import type { AriEvent } from './ari-schema.js';

interface Wire {
  request_id: string;
  method: string;
  uri: string;
  query_strings: { name: string; value: string }[];
  message_body?: string;
}

/** Stands for Asterisk's side of the socket: the wire format is what is tested, Asterisk itself is in the contract suite. */
class FakeAri {
  readonly requests: Wire[] = [];
  readonly sockets: WebSocket[] = [];
  answer: (request: Wire) => { status: number; body?: unknown } | undefined = () => ({ status: 204 });
  private readonly server: WebSocketServer;

  constructor(port = 0) {
    this.server = new WebSocketServer({ host: '127.0.0.1', port });
    this.server.on('connection', (socket) => {
      this.sockets.push(socket);
      socket.on('message', (data) => this.take(socket, JSON.parse(String(data))));
    });
  }

  async port(): Promise<number> {
    const address = await eventually(() => this.server.address());
    if (typeof address === 'string') throw new Error('a pipe');
    return address.port;
  }

  tell(event: unknown): void {
    for (const socket of this.sockets)
      if (socket.readyState === socket.OPEN) socket.send(JSON.stringify(event));
  }

  async close(): Promise<void> {
    for (const socket of this.sockets) socket.terminate();
    await new Promise((done) => this.server.close(done));
  }

  private take(socket: WebSocket, request: Wire): void {
    this.requests.push(request);
    const answer = this.answer(request);
    if (!answer) return;
    const body = answer.body === undefined ? {} : { message_body: JSON.stringify(answer.body) };
    socket.send(
      JSON.stringify({
        type: 'RESTResponse',
        request_id: request.request_id,
        status_code: answer.status,
        ...body,
      }),
    );
  }
}

const channel = {
  id: 'leg',
  name: 'PJSIP/trunk-00000001',
  state: 'Up',
  caller: { name: '', number: '' },
  creationtime: '2026-03-02T09:00:00.123+0800',
  dialplan: { exten: '8000' },
};
const hold = { type: 'ChannelHold', timestamp: '2026-03-02T09:00:00.000+0800', channel };

describe('ARI client', () => {
  const cleanUp: (() => unknown)[] = [];
  afterEach(async () => {
    for (const step of cleanUp.splice(0).reverse()) await step();
  });

  async function fake(port?: number): Promise<FakeAri> {
    const made = new FakeAri(port);
    cleanUp.push(() => made.close());
    await made.port();
    return made;
  }

  function client(
    port: number,
    onOpen: () => Promise<void> = async () => undefined,
    clock = new SystemClock(),
  ) {
    const seen: string[] = [];
    const ari = new AriClient(
      {
        soundsFolder: '',
        httpUrl: `http://127.0.0.1:${port}`,
        ari: { user: 'u', password: 'p', app: 'sanling' },
        ami: { host: '', port: 0, user: '', password: '' },
      },
      clock,
      {
        onOpen,
        onEvent: (event: AriEvent) => seen.push(event.type),
        onLost: () => seen.push('lost'),
      },
    );
    cleanUp.push(() => ari.stop());
    return { ari, seen };
  }

  it('sends a request with its query and body, and parses what comes back', async () => {
    const server = await fake();
    server.answer = () => ({ status: 200, body: { state: 'online' } });
    const { ari } = client(await server.port());
    await ari.start();
    const request = { method: 'POST', path: 'channels/x', query: { timeout: 3 }, body: { a: 1 } } as const;
    expect(await ari.request(request)).toEqual({ status: 200, body: { state: 'online' } });
    expect(server.requests[0]).toMatchObject({
      method: 'POST',
      uri: 'channels/x',
      query_strings: [{ name: 'timeout', value: '3' }],
      message_body: '{"a":1}',
    });
  });

  it('throws on a refusal that was not expected', async () => {
    const server = await fake();
    server.answer = () => ({ status: 409, body: { message: 'no' } });
    const { ari } = client(await server.port());
    await ari.start();
    const request = { method: 'DELETE', path: 'bridges/x' } as const;
    await expect(ari.command(request)).rejects.toThrow('ARI DELETE bridges/x: 409 {"message":"no"}');
    await expect(ari.command(request, [409])).resolves.toMatchObject({ status: 409 });
  });

  it('holds events back until stock is taken, and passes over those it does not know', async () => {
    const server = await fake();
    let takeStock: () => void = () => undefined;
    const { ari, seen } = client(
      await server.port(),
      () =>
        new Promise((done) => {
          takeStock = done;
        }),
    );
    const started = ari.start();
    await eventually(() => server.sockets.length === 1);
    server.tell({ type: 'ChannelVarset' });
    server.tell(hold);
    await eventually(() => ari.heldBack.length === 1);
    expect(seen).toEqual([]);
    takeStock();
    await started;
    server.tell({ ...hold, type: 'ChannelUnhold' });
    await eventually(() => seen.length === 2);
    expect(seen).toEqual(['ChannelHold', 'ChannelUnhold']);
  });

  it('fails what waits when the link breaks, comes back, and starts without a server', async () => {
    const server = await fake();
    server.answer = () => undefined;
    const port = await server.port();
    const { ari, seen } = client(port);
    await ari.start();
    const waiting = ari.request({ method: 'GET', path: 'channels' });
    const refused = expect(waiting).rejects.toThrow('telephony engine unavailable');
    await server.close();
    await refused;
    await eventually(() => seen.includes('lost'));
    await expect(ari.request({ method: 'GET', path: 'channels' })).rejects.toThrow(
      'telephony engine unavailable',
    );
    const early = client(port).ari;
    await early.start();
    expect(early.connected).toBe(false);
    await fake(port);
    await eventually(() => ari.connected && early.connected);
  });

  it('begins again when taking stock fails', async () => {
    const server = await fake();
    let tries = 0;
    const { ari } = client(await server.port(), async () => {
      if (++tries === 1) throw new Error('half a picture');
    });
    await ari.start();
    await eventually(() => tries === 2 && ari.connected);
  });

  it('gives up on an answer that does not come', async () => {
    const server = await fake();
    server.answer = () => undefined;
    const clock = new ManualClock();
    const { ari } = client(await server.port(), undefined, clock);
    await ari.start();
    const waiting = expect(ari.request({ method: 'GET', path: 'channels' })).rejects.toThrow(
      'no answer to GET channels',
    );
    clock.advance(5_000);
    await waiting;
  });

  it('is lost when another process takes its events, and does not fight for them', async () => {
    const server = await fake();
    const clock = new ManualClock();
    const { ari, seen } = client(await server.port(), undefined, clock);
    const replace = async () => {
      server.tell({ type: 'ApplicationReplaced', application: 'sanling' });
      await eventually(() => !ari.connected);
    };
    await ari.start();
    server.answer = () => undefined;
    const waiting = expect(ari.request({ method: 'GET', path: 'channels' })).rejects.toThrow(
      'another process took over the events of the application sanling',
    );
    await replace();
    await waiting;
    expect(seen).toEqual(['lost']);
    expect(ari.problem).toContain('another process');
    await eventually(() => server.sockets.every((socket) => socket.readyState === socket.CLOSED));
    clock.advance(29_000);
    expect(server.sockets).toHaveLength(1);
    clock.advance(8_000);
    await eventually(() => ari.connected);
    await replace();
    expect(seen).toEqual(['lost', 'lost']);
    // Connecting always works: that alone must not make the next wait short again.
    clock.advance(59_000);
    expect(server.sockets).toHaveLength(2);
    clock.advance(14_000);
    await eventually(() => ari.connected);
  });
});
