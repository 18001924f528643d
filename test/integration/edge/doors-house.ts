import { once } from 'node:events';
import { WebSocket } from 'ws';
import type { Settings } from '../../../src/platform/config/config.js';
import { sipAnswer } from '../../builders/sip-text.js';
import { Api } from '../../support/api.js';
import { eventually } from '../../support/eventually.js';
import { openDescriptors } from '../../support/raw-http.js';
import { SignallingPeer } from '../../support/signalling-peer.js';
import type { SocketClient } from '../../support/socket-client.js';

/** Opened beside the strangers' connections: the pool of the database, files that are read. */
const ownDescriptors = 15;
const answer = sipAnswer(200, 'OPTIONS');

/** The desk's and the softphone's connection, and what `fetch` keeps for the next request. */
const own = 2;
const keptByFetch = 4;

/** A server at whose door strangers knock while an agent has a desk and a softphone open. */
export class DoorsHouse implements AsyncDisposable {
  private quiet = 0;

  private constructor(
    readonly api: Api,
    readonly peer: SignallingPeer,
    readonly desk: SocketClient,
    readonly softphone: WebSocket,
  ) {}

  static async open(settings: Partial<Record<keyof Settings, string>> = {}): Promise<DoorsHouse> {
    const peer = await SignallingPeer.listen();
    const api = await Api.start({
      settings: { ASTERISK_SIP_WS_URL: `ws://127.0.0.1:${peer.port}/ws`, ...settings },
    });
    const cookie = await api.signIn('801');
    const desk = await api.socketFor(cookie);
    const softphone = new WebSocket(`${api.url.replace('http', 'ws')}/sip`, 'sip', { headers: { cookie } });
    await once(softphone, 'open');
    const house = new DoorsHouse(api, peer, desk, softphone);
    await house.isWell();
    house.quiet = openDescriptors();
    return house;
  }

  /** The agent's desk and softphone work, everybody else is served, and nothing of the strangers is left. */
  async isWell(): Promise<void> {
    const health = await this.api.read('/api/health');
    if (health.status !== 200) throw new Error(`not healthy: ${JSON.stringify(health.body)}`);
    await this.desk.raw('nothing', {});
    const echo = once(this.softphone, 'message');
    this.softphone.send(answer);
    await echo;
  }

  /** The server's own connections and this process' descriptors are as before the strangers came. */
  async isRid(): Promise<void> {
    await eventually(async () => (await this.connections()) <= own + keptByFetch, {
      withinMs: 8_000,
      what: 'the strangers’ connections are closed',
    });
    await eventually(() => openDescriptors() <= this.quiet + ownDescriptors, {
      what: `descriptors go back to ${this.quiet}`,
    });
    await eventually(() => this.peer.open === 1, { what: 'the engine has one softphone' });
  }

  /** How many connections the server has. */
  connections(): Promise<number> {
    return new Promise((resolve, reject) =>
      this.api.app
        .getHttpServer()
        .getConnections((error: Error | null, count: number) => (error ? reject(error) : resolve(count))),
    );
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.softphone.terminate();
    await this.api.stop();
    await this.peer.close();
  }
}
