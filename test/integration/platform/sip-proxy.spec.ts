import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { WebSocket } from 'ws';
import { guestAccountSchema } from '../../../src/contracts/softphone.js';
import { sipAnswer, sipText } from '../../builders/sip-text.js';
import { Api } from '../../support/api.js';
import { eventually } from '../../support/eventually.js';
import { SignallingPeer } from '../../support/signalling-peer.js';

describe('sip proxy', () => {
  let api: Api;
  let peer: SignallingPeer;
  const phones: WebSocket[] = [];

  beforeAll(async () => {
    peer = await SignallingPeer.listen();
    api = await Api.start({ settings: { ASTERISK_SIP_WS_URL: `ws://127.0.0.1:${peer.port}/ws` } });
  }, 60_000);
  afterEach(async () => {
    for (const phone of phones.splice(0)) phone.terminate();
    await eventually(() => peer.connections.length === 0);
  });
  afterAll(async () => {
    await api?.stop();
    await peer?.close();
  });

  interface Knock {
    cookie?: string;
    path?: string;
    protocol?: string[];
    origin?: string;
  }

  /** A softphone that is let in. */
  async function phone({ cookie, path = '/sip', protocol = ['sip'], origin }: Knock): Promise<WebSocket> {
    const socket = new WebSocket(`${api.url.replace('http', 'ws')}${path}`, protocol, {
      headers: { ...(cookie !== undefined && { cookie }) },
      ...(origin !== undefined && { origin }),
    });
    phones.push(socket);
    await once(socket, 'open');
    return socket;
  }

  /** What a softphone that is not let in is told. */
  async function refusal({ cookie, path = '/sip', protocol = ['sip'], origin }: Knock) {
    const socket = new WebSocket(`${api.url.replace('http', 'ws')}${path}`, protocol, {
      headers: { ...(cookie !== undefined && { cookie }) },
      ...(origin !== undefined && { origin }),
    });
    const [, response]: [unknown, IncomingMessage] = (await once(socket, 'unexpected-response')) as never;
    let text = '';
    for await (const part of response) text += part;
    return { status: response.statusCode, body: JSON.parse(text) };
  }

  /** A phone's answer to the engine: passes whoever it is from. */
  const answer = (body = '') => sipAnswer(200, 'OPTIONS', { body });
  const from = (account: string) => `From: <sip:${account}@sanling>;tag=1`;
  const register = (account: string) => sipText('REGISTER', { from: from(account) });
  const invite = (account: string, id: number) =>
    sipText('INVITE', { from: from(account), callId: `Call-ID: ${id}` });

  const hears = async (socket: WebSocket): Promise<string> => String((await once(socket, 'message'))[0]);

  describe('the signalling of a softphone', () => {
    it('needs a session', async () => {
      expect(await refusal({})).toEqual({ status: 401, body: { code: 'session.none', details: {} } });
      expect(await refusal({ cookie: 'sanling_session=made-up' })).toMatchObject({ status: 401 });
      expect(await refusal({ path: '/sip?guest=made-up' })).toMatchObject({ status: 401 });
    });

    it('is for those who handle calls', async () => {
      const cookie = await api.signIn('inspector');
      expect(await refusal({ cookie })).toMatchObject({ status: 403, body: { code: 'permission.denied' } });
    });

    it('is not for other sites, other protocols, or other paths', async () => {
      const cookie = await api.signIn('801');
      expect(await refusal({ cookie, origin: 'https://evil.example' })).toMatchObject({ status: 403 });
      expect(await refusal({ cookie, protocol: ['chat'] })).toMatchObject({ status: 400 });
      expect(await refusal({ cookie, path: '/sip-admin' })).toMatchObject({ status: 404 });
    });

    it('passes frames both ways, beside the tab’s socket', async () => {
      const cookie = await api.signIn('801');
      const socket = await phone({ cookie, origin: api.url });
      const tab = await api.socketFor(cookie);
      expect(socket.protocol).toBe('sip');
      socket.send(answer());
      expect(await hears(socket)).toBe(`echo text ${answer()}`);
      peer.connections[0]?.send('OPTIONS sip:801 SIP/2.0');
      expect(await hears(socket)).toBe('OPTIONS sip:801 SIP/2.0');
      expect(await tab.raw('nothing', {})).toMatchObject({ ok: false });
    });

    it('passes many frames in order', async () => {
      const socket = await phone({ cookie: await api.signIn('801') });
      const frames = Array.from({ length: 90 }, (_, n) => answer(`${n} ${'x'.repeat(12_000)}`));
      const echoes: string[] = [];
      socket.on('message', (data) => echoes.push(String(data)));
      for (const frame of frames) socket.send(frame);
      await eventually(() => echoes.length === frames.length, { withinMs: 15_000 });
      expect(echoes.map((echo) => echo.split('\r\n\r\n')[1]?.split(' ')[0])).toEqual(
        frames.map((_, n) => String(n)),
      );
    });

    it('is spoken under the account of the session, and no other', async () => {
      const cookie = await api.signIn('801');
      const tab = await api.socketFor(cookie);
      const { deviceId } = await tab.done('lead-device', { clientId: 'tab-of-mine', takeOver: true });
      const other = await api.socketFor(await api.signIn('802'));
      const foreign = await other.done('lead-device', { clientId: 'tab-of-mine', takeOver: true });
      const socket = await phone({ cookie });
      socket.send(register(deviceId));
      expect(await hears(socket)).toBe(`echo text ${register(deviceId)}`);
      for (const account of [foreign.deviceId, 'trunk', 'nobody']) {
        socket.send(register(account));
        expect(await hears(socket)).toMatch(/^SIP\/2\.0 403 Forbidden\r\n/);
      }
      expect(peer.heard.filter((frame) => frame.includes(foreign.deviceId))).toEqual([]);
    });

    it('ends when it is no SIP, more than one message, or no text', async () => {
      const cookie = await api.signIn('801');
      const frames = [
        'hello',
        `${answer()}${answer()}`,
        answer().replaceAll('\r\n', '\n'),
        Buffer.from(answer()),
      ];
      for (const frame of frames) {
        const socket = await phone({ cookie });
        socket.send(frame);
        const [code] = await once(socket, 'close');
        expect([String(frame), code]).toEqual([String(frame), 4400]);
      }
      const socket = await phone({ cookie });
      // What a socket sends as text is whole: this is what one would send that does not care.
      socket.send(Buffer.from([0xff, 0xfe]), { binary: false });
      const [code] = await once(socket, 'close');
      expect(code).toBe(1007);
    });

    it('ends when there is too much of it, whatever it is', async () => {
      const cookie = await api.signIn('801');
      const floods: [string, (socket: WebSocket) => void][] = [
        ['answers', (socket) => socket.send(answer('flood'))],
        ['requests of a call', (socket) => socket.send(sipText('INFO', { to: 'To: <sip:a@b>;tag=2' }))],
        ['signs of life', (socket) => socket.send('\r\n\r\n')],
        ['pings', (socket) => socket.ping()],
        ['pongs', (socket) => socket.pong()],
      ];
      for (const [what, sends] of floods) {
        const socket = await phone({ cookie });
        const before = peer.heard.length;
        const closed = once(socket, 'close');
        for (let count = 0; count < 1_000; count += 1) sends(socket);
        // The socket itself cuts off whoever sends more pings than it has answered yet.
        const codes = what === 'pings' ? [4429, 1006] : [4429];
        const [code] = await closed;
        expect([what, codes.includes(code), code]).toEqual([what, true, code]);
        // What it is let have at once, and what time brought while it was sending.
        expect(peer.heard.length - before).toBeLessThan(200);
      }
    });

    it('ends on both sides with either side', async () => {
      const cookie = await api.signIn('801');
      const one = await phone({ cookie });
      await eventually(() => peer.connections.length === 1);
      one.close(1000);
      await eventually(() => peer.connections.length === 0);
      const two = await phone({ cookie });
      await eventually(() => peer.connections.length === 1);
      peer.connections[0]?.terminate();
      await once(two, 'close');
    });

    it('ends when a frame is far too large', async () => {
      const socket = await phone({ cookie: await api.signIn('801') });
      const before = peer.heard.length;
      socket.send('x'.repeat(100_000));
      const [code] = await once(socket, 'close');
      expect(code).toBe(1009);
      expect(peer.heard.length).toBe(before);
      await eventually(() => peer.connections.length === 0);
    });

    it('ends at sign-out', async () => {
      const cookie = await api.signIn('801');
      const socket = await phone({ cookie });
      const gone = once(socket, 'close');
      await api.ask('DELETE', '/api/session', { cookie });
      const [code] = await gone;
      expect(code).toBe(4401);
    });

    it('is limited to a few connections a session', async () => {
      const cookie = await api.signIn('801');
      for (let count = 0; count < 4; count += 1) await phone({ cookie });
      expect(await refusal({ cookie })).toMatchObject({ status: 429 });
      await expect(phone({ cookie: await api.signIn('802') })).resolves.toBeDefined();
    });

    it('is open to a guest with the token of the account', async () => {
      const account = guestAccountSchema.parse((await api.post('/api/guest')).body);
      const socket = await phone({ path: account.socketPath });
      socket.send(register(account.deviceId));
      expect(await hears(socket)).toBe(`echo text ${register(account.deviceId)}`);
    });

    it('is one call at a time for a guest, over all their connections, and none for an agent', async () => {
      const account = guestAccountSchema.parse((await api.post('/api/guest')).body);
      const socket = await phone({ path: account.socketPath });
      const another = await phone({ path: account.socketPath });
      socket.send(invite(account.deviceId, 1));
      expect(await hears(socket)).toBe(`echo text ${invite(account.deviceId, 1)}`);
      another.send(invite(account.deviceId, 2));
      expect(await hears(another)).toMatch(/^SIP\/2\.0 486 /);
      peer.connections[0]?.send(sipAnswer(486, 'INVITE', { callId: 'Call-ID: 1' }));
      expect(await hears(socket)).toMatch(/^SIP\/2\.0 486 /);
      another.send(invite(account.deviceId, 2));
      expect(await hears(another)).toBe(`echo text ${invite(account.deviceId, 2)}`);
      const cookie = await api.signIn('801');
      const tab = await api.socketFor(cookie);
      const { deviceId } = await tab.done('lead-device', { clientId: 'tab-of-mine', takeOver: true });
      const agent = await phone({ cookie });
      agent.send(invite(deviceId, 3));
      expect(await hears(agent)).toMatch(/^SIP\/2\.0 403 /);
    });

    it('is told unavailable while the engine is away, and works when it is back', async () => {
      const cookie = await api.signIn('801');
      const { port } = peer;
      await peer.close();
      expect(await refusal({ cookie })).toEqual({
        status: 503,
        body: { code: 'engine.unavailable', details: {} },
      });
      peer = await SignallingPeer.listen(port);
      const socket = await phone({ cookie });
      socket.send(answer('again'));
      expect(await hears(socket)).toBe(`echo text ${answer('again')}`);
    });
  });
});
