import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { TelephonyModule } from '../../../src/telephony/telephony.module.js';
import { Api } from '../../support/api.js';
import type { SocketClient } from '../../support/socket-client.js';

/** A port on which nobody listens. */
async function deadPort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

describe('the telephony engine is absent at start', () => {
  let api: Api;
  let agent: SocketClient;
  beforeAll(async () => {
    const port = await deadPort();
    const settings = {
      ASTERISK_HTTP_URL: `http://127.0.0.1:${port}`,
      ASTERISK_AMI_PORT: String(await deadPort()),
    };
    api = await Api.start({ telephony: TelephonyModule, settings });
    agent = await api.socketFor(await api.signIn('801'));
  });
  afterAll(() => api.stop());

  it('the server runs and says what is missing', async () => {
    const { status, body } = await api.read('/api/health');
    expect(status).toBe(503);
    expect(body).toMatchObject({
      status: 'failing',
      checks: { database: { status: 'up' }, redis: { status: 'up' }, telephony: { status: 'down' } },
    });
  });

  it('desks open, keep their softphone for when it comes back, and cannot be ready', async () => {
    await agent.hears('desk.snapshot', ({ call }) => call === null);
    expect(await agent.command('lead-device', { clientId: 'tab-of-801' })).toMatchObject({ ok: true });
    await agent.command('report-device', { registered: true });
    expect(await agent.command('set-presence', { state: 'ready' })).toMatchObject({
      ok: false,
      refusal: { code: 'presence.no-device' },
    });
  });

  it('a guest is refused with the same code', async () => {
    const { status, body } = await api.post('/api/guest');
    expect(status).toBe(503);
    expect(body).toMatchObject({ code: 'engine.unavailable' });
  });
});
