import { eventually } from '../support/eventually.js';
import type { SipCall } from '../support/phones/sip-call.js';
import { SipPhone } from '../support/phones/sip-phone.js';
import { hearsTone } from '../support/phones/tone-detector.js';
import { useServices } from '../support/services.js';

const carrierAddress = '127.0.0.250';

/** SIP phones beyond the trunk: customers who call the house, and a carrier that takes what the house dials. */
export class OutsidePhones {
  private readonly customers: SipPhone[] = [];
  private readonly answers = new Map<string, number>();

  private constructor(private readonly carrier: SipPhone) {}

  static async open(): Promise<OutsidePhones> {
    const carrier = await SipPhone.start({
      address: carrierAddress,
      server: server(),
      user: 'carrier',
      onCall: (call) => {
        const status = phones.answers.get(call.dialled);
        if (status === undefined) call.ring();
        else call.reject(status);
      },
    });
    const phones = new OutsidePhones(carrier);
    return phones;
  }

  /** `host:port` that the product dials out to. */
  get peer(): string {
    return this.carrier.reachedAt;
  }

  /** A customer calls the house and speaks a steady tone, low: Chromium turns its own voices up until a sum would clip. */
  async calls(fromNumber: string, hertz: number): Promise<SipCall> {
    const address = `127.0.0.${200 + (this.customers.length % 40)}`;
    const phone = await SipPhone.start({ address, server: server(), user: fromNumber });
    this.customers.push(phone);
    const call = await phone.dial('8000');
    call.rtp.tone(hertz, 0.1);
    return call;
  }

  /** From now on the number answers with this SIP status. */
  refuses(number: string, status: number): void {
    this.answers.set(number, status);
  }

  /** The phone that rings because the house dialled this number. */
  async rung(number: string): Promise<SipCall> {
    return eventually(
      () => this.carrier.calls.findLast((call) => call.dialled === number && call.state !== 'ended'),
      { withinMs: 10_000, what: `${number} is called` },
    );
  }

  /** Every number that was dialled, in order. */
  get dialled(): string[] {
    return this.carrier.calls.map((call) => call.dialled);
  }

  async hangUp(): Promise<void> {
    for (const call of this.carrier.calls) call.hangUp();
    for (const phone of this.customers.splice(0)) await phone.close();
  }

  async close(): Promise<void> {
    await this.hangUp();
    await this.carrier.close();
  }
}

/** Waits until the phone hears this tone. Chromium's voices have pauses, so a second is listened to. */
export async function hears(call: SipCall, hertz: number): Promise<void> {
  await eventually(() => hearsTone(call.rtp.lastHeard(200), hertz), {
    withinMs: 10_000,
    what: `${hertz} Hz is heard`,
  });
}

function server() {
  return { host: '127.0.0.1', port: Number(useServices().SIP_TRUNK_PORT) };
}
