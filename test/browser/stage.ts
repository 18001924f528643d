import { type BrowserContext, test as base, type Page } from '@playwright/test';
import type { Floor } from '../../src/contracts/floor.js';
import { eventually } from '../support/eventually.js';
import { whatAsteriskHolds } from '../support/phones/asterisk-rest.js';
import { useServices } from '../support/services.js';
import { AgentDesk, signIn } from './agent-desk.js';
import { Browsers, type Side } from './browsers.js';
import { CallRecords } from './call-records.js';
import { OutsidePhones } from './outside-phones.js';
import { Product } from './product.js';
import { WebPhone } from './web-phone.js';

/** The running product, and browsers whose microphones hear different tones. Made once a worker. */
export interface Theatre {
  product: Product;
  browsers: Browsers;
  outside: OutsidePhones;
}

/** What a test brings on: people in browsers of their own. Everything they opened is closed after the test. */
export class Stage extends CallRecords {
  private readonly contexts: BrowserContext[] = [];

  constructor(private readonly theatre: Theatre) {
    super(theatre.product);
  }

  get product(): Product {
    return this.theatre.product;
  }

  /** Phones beyond the trunk: customers who call, and numbers that are called. */
  get outside(): OutsidePhones {
    return this.theatre.outside;
  }

  async context(side: Side = 'agent'): Promise<BrowserContext> {
    const context = await this.theatre.browsers.context(side);
    this.contexts.push(context);
    return context;
  }

  async agent(number: string, side: Side = 'agent'): Promise<AgentDesk> {
    return this.agentAt(this.product.url, number, side);
  }

  /** An agent whose browser reaches the product over this address. */
  async agentAt(url: string, number: string, side: Side = 'agent'): Promise<AgentDesk> {
    return AgentDesk.open(await this.context(side), url, number);
  }

  async customer(): Promise<WebPhone> {
    return WebPhone.open(await this.context('customer'), this.product.url);
  }

  /** Somebody else signed in, at the page where their day begins. */
  async person(login: string, side: Side = 'agent'): Promise<Page> {
    const page = await (await this.context(side)).newPage();
    await page.goto(this.product.url);
    await signIn(page, login);
    return page;
  }

  /** Whether calls would be offered to this agent now, as the floor shows it. */
  async deviceReady(number: string): Promise<boolean> {
    const { body } = await this.product.read('/api/floor', { cookie: await this.supervisor() });
    const { agents } = body as Floor;
    return agents.find(({ agentNumber }) => agentNumber === number)?.deviceReady ?? false;
  }

  /** Everybody leaves; then Asterisk must hold no channel, bridge or recording. */
  async clear(): Promise<void> {
    for (const context of this.contexts.splice(0)) await context.close();
    await this.outside.hangUp();
    await eventually(
      async () => {
        const left = await whatAsteriskHolds(useServices());
        if (left.length > 0) throw new Error(left.join('\n'));
        return true;
      },
      { withinMs: 20_000, everyMs: 200, what: 'Asterisk holds nothing' },
    );
  }
}

export const test = base.extend<{ stage: Stage }, { theatre: Theatre }>({
  theatre: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the dependencies from this pattern
    async ({}, use) => {
      const browsers = await Browsers.open();
      const outside = await OutsidePhones.open();
      const product = await Product.start({ SIP_TRUNK_PEER: outside.peer });
      await use({ product, browsers, outside });
      await browsers.close();
      await product.stop();
      await outside.close();
    },
    { scope: 'worker', timeout: 120_000 },
  ],
  stage: async ({ theatre }, use) => {
    const stage = new Stage(theatre);
    await use(stage);
    await stage.clear();
  },
});

export { expect } from '@playwright/test';
