import { type BrowserContext, test as base, expect } from '@playwright/test';
import { AgentDesk } from '../browser/agent-desk.js';
import { Browsers, type Side } from '../browser/browsers.js';
import { CallRecords } from '../browser/call-records.js';
import { expectVoices, tones } from '../browser/hearing.js';
import { hears } from '../browser/outside-phones.js';
import { WebPhone } from '../browser/web-phone.js';
import { ApiClient } from '../support/api-client.js';
import type { SipCall } from '../support/phones/sip-call.js';
import { SipPhone } from '../support/phones/sip-phone.js';
import { House } from './house.js';

/** Who uses the house from outside: agents and customers in browsers, customers with SIP phones behind the carrier. */
export class People {
  readonly api: ApiClient;
  readonly records: CallRecords;
  private readonly contexts: BrowserContext[] = [];
  private readonly phones: SipPhone[] = [];

  constructor(
    private readonly house: House,
    private readonly browsers: Browsers,
  ) {
    this.api = new ApiClient(`https://${house.address}:3000`);
    this.records = new CallRecords(this.api);
  }

  async agent(number: string): Promise<AgentDesk> {
    const desk = await AgentDesk.open(await this.context('agent'), this.api.url, number);
    await desk.ready();
    return desk;
  }

  async webCustomer(): Promise<WebPhone> {
    return WebPhone.open(await this.context('customer'), this.api.url);
  }

  /** A customer calls by SIP, with the voice that browsers know as the customer's. */
  async calls(fromNumber: string, port = 5060): Promise<SipCall> {
    const server = { host: this.house.address, port };
    const phone = await SipPhone.start({ address: this.house.carrier, server, user: fromNumber });
    this.phones.push(phone);
    const call = await phone.dial('8000');
    call.rtp.tone(tones.customer, 0.1);
    return call;
  }

  /** A ready agent answers a customer who calls by SIP. */
  async talk(agent: AgentDesk, fromNumber: string, port?: number): Promise<SipCall> {
    const call = await this.calls(fromNumber, port);
    await agent.answers();
    await bothHear(call, agent);
    return call;
  }

  async leave(): Promise<void> {
    for (const phone of this.phones.splice(0)) await phone.close();
    for (const context of this.contexts.splice(0)) await context.close();
  }

  private async context(side: Side): Promise<BrowserContext> {
    // The certificate is the house's own.
    const context = await this.browsers.context(side, { ignoreHTTPSErrors: true });
    this.contexts.push(context);
    return context;
  }
}

/** Customer and agent hear each other. */
export async function bothHear(call: SipCall, agent: AgentDesk): Promise<void> {
  await expectVoices(agent.page, 'customer');
  await hears(call, tones.agent);
}

export const test = base.extend<{ people: People }, { house: House; browsers: Browsers }>({
  house: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the dependencies from this pattern
    async ({}, use) => use(new House()),
    { scope: 'worker' },
  ],
  browsers: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the dependencies from this pattern
    async ({}, use) => {
      const browsers = await Browsers.open();
      await use(browsers);
      await browsers.close();
    },
    { scope: 'worker' },
  ],
  people: async ({ house, browsers }, use) => {
    const people = new People(house, browsers);
    await use(people);
    await people.leave();
  },
});

export { expect };
