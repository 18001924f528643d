import { execFile } from 'node:child_process';
import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { mkdir, readFile, rm } from 'node:fs/promises';
import { connect as connectTcp } from 'node:net';
import { join } from 'node:path';
import { connect } from 'node:tls';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { makeCertificate } from '../../support/certificate.js';
import { eventually } from '../../support/eventually.js';
import { BaresipPhone } from '../../support/phones/baresip-phone.js';
import { RawSip, type Wish, writeRequest } from '../../support/phones/raw-sip.js';
import { writeSdp } from '../../support/phones/sdp.js';
import { digestAnswer } from '../../support/phones/sip-digest.js';
import { formatSip, headerOf, parseSip, type SipMessage } from '../../support/phones/sip-message.js';
import { loudness } from '../../support/phones/tone-detector.js';
import { useServices } from '../../support/services.js';

const run = promisify(execFile);
const account = { user: 'house-7', secret: 'Carrier.Secret~0123456789' };
const carrierAddress = '127.0.0.240';

/** The carrier's own exchange: asks for a proof, and keeps what it heard. */
class Carrier {
  readonly heard: SipMessage[] = [];
  private constructor(readonly socket: Socket) {
    socket.on('message', (data, from) => {
      const request = parseSip(data.toString('utf8'));
      if (!request?.method) return;
      this.heard.push(request);
      const proven = headerOf(request, 'authorization') !== '';
      const echoed = request.headers.filter(([name]) =>
        ['via', 'from', 'call-id', 'cseq', 'contact'].includes(name),
      );
      const answer: SipMessage = {
        status: proven ? 200 : 401,
        reason: 'Carrier',
        headers: [
          ...echoed,
          ['to', `${headerOf(request, 'to')};tag=carrier`],
          ['expires', '600'],
          ...(proven
            ? []
            : ([
                ['www-authenticate', 'Digest realm="carrier", nonce="once", algorithm=MD5, qop="auth"'],
              ] as const)),
        ],
        body: '',
      };
      socket.send(formatSip(answer), from.port, from.address);
    });
  }

  static async open(): Promise<Carrier> {
    const socket = createSocket('udp4');
    socket.bind(0, carrierAddress);
    await once(socket, 'listening');
    return new Carrier(socket);
  }
}

async function freePort(): Promise<number> {
  const socket = createSocket('udp4');
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  const { port } = socket.address();
  socket.close();
  return port;
}

describe('a trunk with an account and TLS', () => {
  let env: NodeJS.ProcessEnv;
  let carrier: Carrier;
  let tlsPort: number;
  const server = () => ({ host: '127.0.0.1', port: Number(env.SIP_TRUNK_PORT) });
  const services = (command: 'up' | 'down') =>
    run(process.execPath, ['tools/services-cli.mjs', command], { env });

  beforeAll(async () => {
    const root = join(useServices().SANLING_HOME, 'trunk-account');
    await mkdir(root, { recursive: true });
    carrier = await Carrier.open();
    const certificate = await makeCertificate(root, 'trunk.example');
    // Its own home: only an Asterisk, configured by the settings as a house with a carrier would have it.
    const { ASTERISK_HTTP_URL: _none, ...others } = process.env;
    env = {
      ...others,
      SANLING_HOME: root,
      SIP_TRUNK_PORT: String(await freePort()),
      SIP_TRUNK_TLS_PORT: String(await freePort()),
      SIP_TRUNK_PEER: `${carrierAddress}:${carrier.socket.address().port}`,
      SIP_TRUNK_USER: account.user,
      SIP_TRUNK_SECRET: account.secret,
      SIP_TRUNK_REGISTER: 'yes',
      SIP_TRUNK_CHALLENGE: 'yes',
      SIP_TRUNK_TLS_CERT: certificate.cert,
      SIP_TRUNK_TLS_KEY: certificate.key,
    };
    tlsPort = Number(env.SIP_TRUNK_TLS_PORT);
    await services('up');
  }, 60_000);
  afterAll(async () => {
    await services('down');
    carrier.socket.close();
    await rm(String(env.SANLING_HOME), { recursive: true, force: true });
  }, 30_000);

  const invite: Wish = {
    method: 'INVITE',
    from: '13900000001',
    to: '8000',
    headers: [['content-type', 'application/sdp']],
    body: writeSdp(carrierAddress, 40_000, 1),
  };

  it('registers at the carrier with the account', async () => {
    const proven = await eventually(
      () => carrier.heard.find((one) => headerOf(one, 'authorization') !== ''),
      {
        withinMs: 20_000,
        what: 'the house registers with a proof',
      },
    );
    expect(proven.method).toBe('REGISTER');
    expect(headerOf(proven, 'from')).toContain(`sip:${account.user}@`);
    expect(headerOf(proven, 'authorization')).toContain(`username="${account.user}"`);
  });

  it('takes calls from the carrier’s address only with the proof', async () => {
    const peer = await RawSip.open(carrierAddress, server());
    const asked = await peer.ask(invite);
    expect(asked.status).toBe(401);
    const proof = (secret: string): Wish => {
      const uri = `sip:8000@127.0.0.1:${server().port}`;
      const request = { method: 'INVITE', uri, user: account.user, secret };
      const value = digestAnswer(headerOf(asked, 'www-authenticate'), request);
      return { ...invite, headers: [...(invite.headers ?? []), ['authorization', value]] };
    };
    expect((await peer.ask(proof('guess'))).status).toBe(401);
    // Let in, and told that no application takes calls now. Over UDP it brings no keys for the audio: refused for that.
    expect((await peer.ask(proof(account.secret))).status).toBe(488);
    peer.close();
  });

  it('speaks TLS with the certificate of the settings', async () => {
    const tcp = connectTcp({ host: '127.0.0.1', port: tlsPort, localAddress: carrierAddress });
    const socket = connect({ socket: tcp, rejectUnauthorized: false });
    await once(socket, 'secureConnect');
    expect(socket.getPeerCertificate().subject.CN).toBe('trunk.example');
    expect(['TLSv1.2', 'TLSv1.3']).toContain(socket.getProtocol());
    let text = '';
    socket.setEncoding('utf8').on('data', (part) => {
      text += part;
    });
    const wish: Wish = { method: 'OPTIONS', from: '13900000001' };
    socket.write(
      formatSip(writeRequest(wish, { host: '127.0.0.1', port: tlsPort }, `${carrierAddress}:5061`, 'TLS')),
    );
    await eventually(() => parseSip(text)?.status === 401, { what: 'a proof is asked for over TLS too' });
    socket.destroy();
  });

  it('takes a call over TLS whose audio is encrypted; it hears music until somebody is connected', async () => {
    const phone = await BaresipPhone.start({
      address: '127.0.0.241',
      server: { host: '127.0.0.1', port: tlsPort },
      user: '13900000002',
      tone: 440,
      secured: account,
    });
    phone.dial('8000');
    await eventually(() => phone.state === 'up', { withinMs: 10_000, what: 'the call is answered' });
    // The phone takes no audio that is not encrypted. Silence in A-law is about 0.0002 loud.
    await eventually(() => loudness(phone.lastHeard(400)) > 0.0004, {
      withinMs: 10_000,
      what: 'the phone hears music',
    });
    phone.hangUp();
    await eventually(() => phone.state === 'ended', { what: 'the call has ended' });
    await phone.close();
  });

  it('writes the account’s secret into no log', async () => {
    for (const name of ['asterisk-messages.log', 'asterisk-security.log', 'asterisk.log'])
      expect(await readFile(join(String(env.SANLING_HOME), 'log', name), 'utf8')).not.toContain(
        account.secret,
      );
  });
});
