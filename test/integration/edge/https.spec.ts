import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { get, type IncomingMessage } from 'node:http';
import { request } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect, type SecureVersion, type TLSSocket } from 'node:tls';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { healthSchema } from '../../../src/contracts/rest.js';
import { guestAccountSchema } from '../../../src/contracts/softphone.js';
import { createApp } from '../../../src/create-app.js';
import { SystemClock } from '../../../src/kernel/clock.js';
import { SimulatedExchange } from '../../../src/telephony/simulated/simulated-exchange.js';
import { telephonyOn } from '../../support/api.js';
import { demoPassword } from '../../support/api-client.js';
import { type Certificate, makeCertificate } from '../../support/certificate.js';
import { RawWebSip } from '../../support/phones/raw-web-sip.js';
import { type FreshDatabase, freshDatabase } from '../../support/services.js';
import { SocketClient } from '../../support/socket-client.js';

describe('https', () => {
  let folder: string;
  let files: Certificate;
  let ca: string;
  let database: FreshDatabase;
  let app: NestExpressApplication;
  let port: number;
  const before = { ...process.env };

  const telephony = () => telephonyOn(new SimulatedExchange(new SystemClock()));

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sanling-https-'));
    files = await makeCertificate(folder, 'desk.example');
    ca = await readFile(files.cert, 'utf8');
    database = await freshDatabase();
    // As the process itself is started: the certificate comes out of the environment like every other setting.
    Object.assign(process.env, {
      DATABASE_URL: database.url,
      SANLING_REDIS_PREFIX: `test-${randomBytes(6).toString('hex')}:`,
      SANLING_DEMO_PASSWORD: demoPassword,
      SANLING_LOG_LEVEL: 'silent',
      SANLING_TLS_CERT: files.cert,
      SANLING_TLS_KEY: files.key,
    });
    app = await createApp(telephony());
    await app.listen(0, '127.0.0.1');
    port = (app.getHttpServer().address() as AddressInfo).port;
  }, 60_000);
  afterAll(async () => {
    await app?.close();
    Object.assign(process.env, before);
    await database?.drop();
    await rm(folder, { recursive: true });
  });

  /** Asks over https, trusting this certificate and no other. */
  async function ask(method: string, path: string, body?: unknown) {
    const headers = { 'content-type': 'application/json' };
    const asked = request(`https://127.0.0.1:${port}${path}`, { method, headers, ca });
    asked.end(body === undefined ? undefined : JSON.stringify(body));
    const [response] = (await once(asked, 'response')) as [IncomingMessage];
    let text = '';
    for await (const part of response) text += part;
    return { status: response.statusCode, headers: response.headers, body: JSON.parse(text) as unknown };
  }

  /** A TLS connection of exactly this version. */
  async function speaks(version: SecureVersion): Promise<TLSSocket> {
    // Old versions need old ciphers, which OpenSSL keeps back unless asked.
    const ciphers = 'DEFAULT@SECLEVEL=0';
    const socket = connect({
      host: '127.0.0.1',
      port,
      ca,
      ciphers,
      minVersion: version,
      maxVersion: version,
    });
    await once(socket, 'secureConnect');
    return socket;
  }

  describe('a server with a certificate of its own', () => {
    it('answers over https, and tells browsers to come back that way', async () => {
      const { status, headers, body } = await ask('GET', '/api/health');
      expect(status).toBe(200);
      expect(healthSchema.parse(body)).toMatchObject({ status: 'ok' });
      expect(headers['strict-transport-security']).toBe('max-age=31536000');
    });

    it('answers nothing over plain http', async () => {
      const plain = get(`http://127.0.0.1:${port}/api/health`);
      await expect(once(plain, 'response')).rejects.toThrow('socket hang up');
    });

    it('shows the certificate of the settings, over TLS 1.2 and 1.3 only', async () => {
      for (const version of ['TLSv1.2', 'TLSv1.3'] as const) {
        const socket = await speaks(version);
        expect([socket.getProtocol(), socket.getPeerCertificate().subject.CN]).toEqual([
          version,
          'desk.example',
        ]);
        socket.destroy();
      }
      for (const version of ['TLSv1', 'TLSv1.1'] as const)
        await expect(speaks(version)).rejects.toThrow('protocol version');
    });

    it('gives a desk a cookie for https alone, and its socket over wss', async () => {
      const { headers } = await ask('POST', '/api/session', { login: '801', password: demoPassword });
      const [cookie = ''] = headers['set-cookie'] ?? [];
      expect(cookie).toMatch(/; Secure(;|$)/);
      const desk = await SocketClient.open(
        `https://127.0.0.1:${port}`,
        { cookie: cookie.split(';')[0] ?? '' },
        ca,
      );
      expect(await desk.done('lead-device', { clientId: 'tab-of-mine', takeOver: true })).toMatchObject({
        deviceId: expect.any(String),
      });
      desk.close();
    });

    it('carries a softphone’s signalling over wss to the telephony engine and back', async () => {
      const account = guestAccountSchema.parse((await ask('POST', '/api/guest')).body);
      const phone = await RawWebSip.open(`https://127.0.0.1:${port}`, account.socketPath, { ca });
      if (typeof phone === 'number') throw new Error(`refused with ${phone}`);
      // Nobody but Asterisk asks for a proof: this one was not told of the account, and takes nobody for the trunk here.
      expect(await phone.ask({ method: 'OPTIONS', from: account.deviceId })).toMatchObject({ status: 401 });
      phone.close();
    });

    it('does not start without its files, and says which one', async () => {
      process.env.SANLING_TLS_KEY = join(folder, 'gone.key');
      await expect(createApp(telephony())).rejects.toThrow(/^configuration: SANLING_TLS_KEY: .*gone\.key/);
      process.env.SANLING_TLS_KEY = '';
      await expect(createApp(telephony())).rejects.toThrow('set both or neither');
      process.env.SANLING_TLS_KEY = files.key;
    });
  });
});
