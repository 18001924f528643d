import type { DeskCall } from '../../src/contracts/call.js';
import { fullWrapUp } from '../e2e/robot-agent.js';
import { eventually } from '../support/eventually.js';
import type { SipCall } from '../support/phones/sip-call.js';
import { SipPhone } from '../support/phones/sip-phone.js';
import type { ApiProcess } from '../support/product-process.js';
import type { SocketClient } from '../support/socket-client.js';
import { WebSocketDoor } from './web-socket-door.js';

/** An agent at a desk that is connected to one process, with a softphone that is registered at the edge. */
export class EdgeDesk {
  private constructor(
    readonly number: string,
    private readonly socket: SocketClient,
    private readonly door: WebSocketDoor,
    private readonly phone: SipPhone,
  ) {}

  static async open(process: ApiProcess, number: string): Promise<EdgeDesk> {
    const cookie = await process.signIn(number);
    const socket = await process.socketFor(cookie);
    const wish = { clientId: `desk-${number}`, takeOver: true };
    const { deviceId, secret } = await socket.done('lead-device', wish);
    const door = await WebSocketDoor.open(process, cookie);
    const address = `127.0.1.${Number(number) - 800}`;
    const phone = await SipPhone.start({ address, server: door.server, user: deviceId, secret });
    const status = await phone.register();
    if (status !== 200) throw new Error(`the softphone of ${number} could not register: ${status}`);
    await socket.done('report-device', { registered: true });
    return new EdgeDesk(number, socket, door, phone);
  }

  async ready(): Promise<void> {
    await eventually(async () => (await this.socket.command('set-presence', { state: 'ready' })).ok, {
      everyMs: 100,
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
      () => (this.phone.call?.state === 'ringing' ? this.phone.call : undefined),
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
    const callId = this.shown?.callId ?? '';
    await this.socket.done('complete-wrap-up', { callId, record: fullWrapUp });
    // Where customers wait, the next call may be there before anybody looks.
    await eventually(() => this.shown?.callId !== callId, {
      withinMs: 10_000,
      what: 'the record is off the desk',
    });
  }

  async close(): Promise<void> {
    this.socket.close();
    await this.phone.close();
    this.door.close();
  }
}
