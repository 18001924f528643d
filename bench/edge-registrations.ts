import { once } from 'node:events';
import { WebSocket } from 'ws';
import { SipEdge } from '../src/telephony/edge/sip-edge.js';
import { startEdge, stopEdge } from '../test/scale/edge.mjs';
import { digestAnswer } from '../test/support/phones/sip-digest.js';

/** Softphones at once, and how often each registers anew. Every registration is two requests: asked for a proof, proven. */
const phones = 500;
const rounds = 4;

/** Registers over one connection; answers with the status. */
class Phone {
  private sequence = 1;

  private constructor(
    private readonly socket: WebSocket,
    private readonly user: string,
    private readonly secret: string,
  ) {}

  static async connect(url: string, user: string, secret: string): Promise<Phone> {
    const socket = new WebSocket(url, ['sip']);
    await once(socket, 'open');
    return new Phone(socket, user, secret);
  }

  async register(): Promise<string> {
    const challenge = /^www-authenticate: (.*)$/im.exec(await this.send())?.[1] ?? '';
    const way = { method: 'REGISTER', uri: 'sip:sanling', user: this.user, secret: this.secret };
    return (await this.send(`Authorization: ${digestAnswer(challenge, way)}\r\n`)).slice(8, 11);
  }

  close(): void {
    this.socket.terminate();
  }

  private async send(more = ''): Promise<string> {
    const cseq = this.sequence++;
    this.socket.send(
      `REGISTER sip:sanling SIP/2.0\r\nVia: SIP/2.0/WS ${this.user}.invalid;branch=z9hG4bK${this.user}${cseq}\r\n` +
        `Max-Forwards: 70\r\nFrom: <sip:${this.user}@sanling>;tag=1\r\nTo: <sip:${this.user}@sanling>\r\n` +
        `Call-ID: ${this.user}\r\nCSeq: ${cseq} REGISTER\r\nContact: <sip:${this.user}@${this.user}.invalid;transport=ws>\r\n` +
        `Expires: 600\r\n${more}Content-Length: 0\r\n\r\n`,
    );
    const [data] = await once(this.socket, 'message');
    return String(data);
  }
}

const settings = await startEdge([5060]);
try {
  const edge = new SipEdge({ rpcUrl: settings.SIP_EDGE_RPC_URL });
  const names = Array.from({ length: phones }, (_, n) => `agent-${n}`);
  const toldAt = performance.now();
  for (const deviceId of names)
    await edge.provision({ deviceId, secret: `secret-of-${deviceId}`, displayName: '', mayDial: [] });
  const toldMs = (performance.now() - toldAt) / phones;
  const all = await Promise.all(
    names.map((name) => Phone.connect(settings.SIP_EDGE_WS_URL, name, `secret-of-${name}`)),
  );
  const startedAt = performance.now();
  for (let round = 0; round < rounds; round++) {
    const statuses = await Promise.all(all.map((phone) => phone.register()));
    if (statuses.some((status) => status !== '200')) throw new Error(`refused: ${[...new Set(statuses)]}`);
  }
  const perSecond = (phones * rounds * 1_000) / (performance.now() - startedAt);
  const askedAt = performance.now();
  for (const deviceId of names.slice(0, 200)) await edge.reachable(deviceId);
  const askedMs = (performance.now() - askedAt) / 200;
  for (const phone of all) phone.close();
  console.log(
    JSON.stringify({
      name: 'edge-registrations',
      registrationsPerSecond: Math.round(perSecond),
      accountMs: Number(toldMs.toFixed(2)),
      lookupMs: Number(askedMs.toFixed(2)),
    }),
  );
} finally {
  await stopEdge();
}
