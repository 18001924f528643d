import type { DeskCall } from '../../src/contracts/call.js';
import { fullWrapUp } from '../e2e/robot-agent.js';
import { eventually } from '../support/eventually.js';
import { allowPlainAudio } from '../support/phones/asterisk-rest.js';
import type { SipCall } from '../support/phones/sip-call.js';
import { SipPhone } from '../support/phones/sip-phone.js';
import type { SocketClient } from '../support/socket-client.js';
import type { ApiProcess } from './api-process.js';
import type { Node } from './house-of-two.js';

/** An agent at a desk that is connected to one process, with the same account registered at both nodes. */
export class DeskOfBoth {
  private constructor(
    readonly number: string,
    private readonly socket: SocketClient,
    private readonly deviceId: string,
    private readonly phones: readonly SipPhone[],
    private readonly nodes: readonly Node[],
  ) {}

  static async open(process: ApiProcess, number: string, nodes: readonly Node[]): Promise<DeskOfBoth> {
    const socket = await process.socketFor(await process.signIn(number));
    const { deviceId, secret } = await socket.done('lead-device', {
      clientId: `desk-${number}`,
      takeOver: true,
    });
    const phones = await Promise.all(
      nodes.map(({ trunk }, at) =>
        SipPhone.start({
          address: `127.0.1.${Number(number) - 800 + at * 50}`,
          server: trunk,
          user: deviceId,
          secret,
        }),
      ),
    );
    const desk = new DeskOfBoth(number, socket, deviceId, phones, nodes);
    await desk.speaksPlainly();
    for (const phone of phones) {
      const status = await phone.register();
      if (status !== 200) throw new Error(`the softphone of ${number} could not register: ${status}`);
    }
    await socket.done('report-device', { registered: true });
    return desk;
  }

  /** The nodes must let a phone without a browser's audio in: again after a node's new owner made its account anew. */
  async speaksPlainly(): Promise<void> {
    for (const { ari } of this.nodes) await allowPlainAudio(ari, this.deviceId);
  }

  async ready(): Promise<void> {
    await eventually(async () => (await this.socket.command('set-presence', { state: 'ready' })).ok, {
      withinMs: 15_000,
      what: `${this.number} may be ready`,
    });
  }

  get shown(): DeskCall | null {
    const heard = this.socket.heard.findLast(
      ({ event }) => event === 'call.changed' || event === 'desk.snapshot',
    );
    if (heard?.event === 'desk.snapshot') return (heard.payload as { call: DeskCall | null }).call;
    return (heard?.payload as DeskCall | null | undefined) ?? null;
  }

  async shows(phase: DeskCall['phase'] | null): Promise<void> {
    await eventually(() => (this.shown?.phase ?? null) === phase, {
      withinMs: 20_000,
      what: `the desk of ${this.number} shows ${phase}`,
    });
  }

  /** Answers the call that rings; whichever node rings. */
  async answers(): Promise<{ callId: string; call: SipCall }> {
    const call = await eventually(
      () => this.phones.map((phone) => phone.call).find((ringing) => ringing?.state === 'ringing'),
      { withinMs: 20_000, what: `a phone of ${this.number} rings` },
    );
    call.answer();
    await this.shows('talking');
    return { callId: this.shown?.callId ?? '', call };
  }

  async holdsAndResumes(): Promise<void> {
    const callId = this.shown?.callId ?? '';
    await this.socket.done('hold-call', { callId, reason: 'check-record', consent: true, limitMs: 30_000 });
    await this.shows('held');
    await this.socket.done('resume-call', { callId });
    await this.shows('talking');
  }

  async wrapsUp(): Promise<void> {
    await this.shows('wrap-up');
    await this.socket.done('complete-wrap-up', { callId: this.shown?.callId ?? '', record: fullWrapUp });
    await this.shows(null);
  }

  async close(): Promise<void> {
    this.socket.close();
    for (const phone of this.phones) await phone.close();
  }
}
