import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import { writeVoice } from './voice.mjs';

const flags = [
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

/** The people in the pictures, each in a browser profile of their own; customers and agents take turns in talking. */
export class People {
  /** @param {import('./demo.mjs').Demo} demo @param {Record<'agent' | 'customer', import('@playwright/test').Browser>} browsers @param {string} voices */
  constructor(demo, browsers, voices) {
    this.demo = demo;
    this.browsers = browsers;
    this.voices = voices;
  }

  /** @param {import('./demo.mjs').Demo} demo */
  static async gather(demo) {
    const voices = await mkdtemp(join(tmpdir(), 'sanling-voices-'));
    /** @param {string} name @param {number} pitch @param {number} turn */
    const launch = async (name, pitch, turn) =>
      chromium.launch({
        executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
        args: [
          ...flags,
          `--use-file-for-fake-audio-capture=${await writeVoice(join(voices, `${name}.wav`), pitch, turn)}`,
        ],
      });
    const browsers = { agent: await launch('agent', 210, 0), customer: await launch('customer', 130, 1) };
    return new People(demo, browsers, voices);
  }

  /** @param {'agent' | 'customer'} side @param {string} path */
  async page(side, path) {
    const context = await this.browsers[side].newContext({
      viewport: { width: 1366, height: 768 },
      locale: 'zh-CN',
      timezoneId: 'Asia/Shanghai',
      reducedMotion: 'reduce',
      permissions: ['microphone'],
    });
    const page = await context.newPage();
    await page.goto(`${this.demo.url}${path}`);
    return page;
  }

  /** @param {string} login */
  async signedIn(login) {
    const page = await this.page('agent', '/');
    await page.getByTestId('login').fill(login);
    await page.getByTestId('password').fill(this.demo.password);
    await page.getByTestId('sign-in').click();
    await page.getByTestId('person').waitFor();
    return page;
  }

  /** @param {string} number an agent who is ready for the next call */
  async readyAgent(number) {
    const page = await this.signedIn(number);
    const presence = page.getByTestId('presence');
    await presence.waitFor();
    for (let attempt = 0; (await presence.getAttribute('data-state')) !== 'ready'; attempt += 1) {
      if (attempt === 20) throw new Error(`${number} cannot be ready`);
      const ready = page.getByTestId('presence-ready');
      if (await ready.isEnabled()) await ready.click();
      // Refused until the softphone is registered.
      await page.waitForTimeout(500);
    }
    return page;
  }

  async caller() {
    const page = await this.page('customer', '/phone');
    await page.getByTestId('call').click();
    await page.locator('[data-testid="web-phone"][data-stage="connected"]').waitFor();
    return page;
  }

  async leave() {
    await this.browsers.agent.close();
    await this.browsers.customer.close();
    await rm(this.voices, { recursive: true });
  }
}

/** @param {import('@playwright/test').Page} desk @param {string} phase */
export async function shows(desk, phase) {
  await desk.locator(`[data-testid="call"][data-phase="${phase}"]`).waitFor();
}

/** @param {import('@playwright/test').Page} desk */
export async function answer(desk) {
  await shows(desk, 'ringing');
  await desk.locator('[data-testid="answer"]:not([disabled])').click();
  await shows(desk, 'talking');
}

/** @param {import('@playwright/test').Page} desk @param {string} seconds */
export async function hold(desk, seconds) {
  await desk.getByTestId('hold').click();
  await desk.getByTestId('hold-reason').getByRole('radio').first().check();
  await desk.getByTestId('hold-consent').locator('label').first().click();
  await desk.getByTestId('hold-limit').getByText(seconds).click();
  await desk.getByTestId('hold-confirm').click();
  await shows(desk, 'held');
}

/** @param {import('@playwright/test').Page} desk @param {string} note */
export async function writeRecord(desk, note) {
  await desk.locator('#wrapup-outcome').click();
  await desk.locator('.ant-select-item-option').first().click();
  await desk.getByTestId('wrapup-customer-name').fill('王芳');
  await desk.getByTestId('wrapup-customer-number').fill('13812346021');
  await desk.getByTestId('wrapup-nameReadBack').check();
  await desk.getByTestId('wrapup-numberReadBack').check();
  await desk.getByTestId('wrapup-note').fill(note);
}
