import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, type BrowserContext, test as base, chromium, type Page } from '@playwright/test';
import type { CallDetail, CallSummary, Page as ListPage } from '../../src/contracts/call.js';
import type { Floor } from '../../src/contracts/floor.js';
import type { Recording } from '../../src/contracts/recording.js';
import { eventually } from '../support/eventually.js';
import { whatAsteriskHolds } from '../support/phones/asterisk-rest.js';
import { useServices } from '../support/services.js';
import { AgentDesk, signIn } from './agent-desk.js';
import { tones } from './hearing.js';
import { OutsidePhones } from './outside-phones.js';
import { Product } from './product.js';
import { writeVoice } from './voices.js';
import { WebPhone } from './web-phone.js';

/**
 * Playwright's own, as a later list replaces an earlier one, and what Chromium would load for the address bar's list of
 * suggestions: a page of its own beside each window, half as dear as the desk's.
 */
const without = [
  'AvoidUnnecessaryBeforeUnloadCheckSync',
  'DestroyProfileOnBrowserClose',
  'HttpsUpgrades',
  'HttpsFirstBalancedModeAutoEnable',
  'LensOverlay',
  'MediaRouter',
  'OptimizationHints',
  'PaintHolding',
  'PreconnectToSearch',
  'ThirdPartyStoragePartitioning',
  'WebUIOmniboxPopup',
  'WebUIOmniboxAimPopup',
  'WebUIOmniboxFullPopup',
];

const flags = [
  `--disable-features=${without.join(',')}`,
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--use-fake-device-for-media-stream',
  '--use-fake-ui-for-media-stream',
  '--autoplay-policy=no-user-gesture-required',
];

type Side = keyof typeof tones;

/**
 * Chromium turns a quiet voice up. A tone is one that never pauses for breath: turned up to full scale, two of them are more
 * than a mixed sample can be, and each side would hear the rest of itself (docs/adr/0008).
 */
function leaveLevelAlone(): void {
  const devices = navigator.mediaDevices;
  if (!devices) return;
  const open = devices.getUserMedia.bind(devices);
  devices.getUserMedia = (wish) => {
    const audio = typeof wish?.audio === 'object' ? wish.audio : {};
    return open({ ...wish, audio: { ...audio, autoGainControl: false } });
  };
}

/** The running product, and browsers whose microphones hear different tones. Made once a worker. */
export interface Theatre {
  product: Product;
  /** Opened when somebody of that side comes on for the first time. */
  browser: (side: Side) => Promise<Browser>;
  outside: OutsidePhones;
}

/** What a test brings on: people in browsers of their own. Everything they opened is closed after the test. */
export class Stage {
  private readonly contexts: BrowserContext[] = [];
  private supervisor = '';

  constructor(private readonly theatre: Theatre) {}

  get product(): Product {
    return this.theatre.product;
  }

  /** Phones beyond the trunk: customers who call, and numbers that are called. */
  get outside(): OutsidePhones {
    return this.theatre.outside;
  }

  async context(side: Side = 'agent'): Promise<BrowserContext> {
    const context = await (await this.theatre.browser(side)).newContext({
      viewport: { width: 1366, height: 768 },
      locale: 'zh-CN',
      reducedMotion: 'reduce',
      permissions: ['microphone'],
    });
    await context.addInitScript(leaveLevelAlone);
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
    this.supervisor ||= await this.product.signIn('supervisor');
    const { body } = await this.product.read('/api/floor', { cookie: this.supervisor });
    const { agents } = body as Floor;
    return agents.find(({ agentNumber }) => agentNumber === number)?.deviceReady ?? false;
  }

  /** The newest call on record. */
  async lastCall(): Promise<CallDetail> {
    this.supervisor ||= await this.product.signIn('supervisor');
    const { body } = await this.product.read('/api/calls?limit=1', { cookie: this.supervisor });
    const [summary] = (body as ListPage<CallSummary>).items;
    if (!summary) throw new Error('no call is on record');
    const detail = await this.product.read(`/api/calls/${summary.id}`, { cookie: this.supervisor });
    return detail.body as CallDetail;
  }

  /** The recording of the newest call, once it is stored. */
  async storedRecording(): Promise<Recording> {
    const { id } = await eventually(
      async () => (await this.lastCall()).recordings.find(({ state }) => state === 'stored'),
      { withinMs: 30_000, everyMs: 250, what: 'the recording is stored' },
    );
    const { body } = await this.product.read(`/api/recordings/${id}`, { cookie: this.supervisor });
    return body as Recording;
  }

  async audioOf(recordingId: string): Promise<Buffer> {
    const response = await fetch(`${this.product.url}/api/recordings/${recordingId}/audio`, {
      headers: { cookie: this.supervisor },
    });
    if (response.status !== 200) throw new Error(`the audio of ${recordingId}: ${response.status}`);
    return Buffer.from(await response.arrayBuffer());
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
      const voices = await mkdtemp(join(tmpdir(), 'sanling-voices-'));
      const launched = new Map<Side, Promise<Browser>>();
      const launch = async (side: Side) => {
        const voice = await writeVoice(join(voices, `${side}.wav`), tones[side]);
        return chromium.launch({
          executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
          args: [...flags, `--use-file-for-fake-audio-capture=${voice}`],
        });
      };
      const browser = (side: Side) => {
        const known = launched.get(side) ?? launch(side);
        launched.set(side, known);
        return known;
      };
      const outside = await OutsidePhones.open();
      const product = await Product.start({ SIP_TRUNK_PEER: outside.peer });
      await use({ product, browser, outside });
      for (const opened of launched.values()) await (await opened).close();
      await product.stop();
      await outside.close();
      await rm(voices, { recursive: true });
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
