import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Browser, chromium, type Page } from '@playwright/test';
import { toneSamples } from '../../builders/tone-wav.js';
import { Api } from '../../support/api.js';
import { simulatedTelephony } from '../../support/simulated-telephony.js';
import { endedCall, storeRecording } from './stored-recording.js';

const listener = fileURLToPath(new URL('./listener.page.js', import.meta.url));
const minutes = 3;
/** The customer's tone changes in the last minute, so that a place can be told by what is heard. */
const customer = toneSamples([
  { ms: (minutes - 1) * 60_000, hertz: 440, level: 0.4 },
  { ms: 60_000, hertz: 880, level: 0.4 },
]);
const agent = toneSamples([{ ms: minutes * 60_000 }]);

/** What the page tells after it went to a place and played on from there. */
interface Heard {
  duration: number;
  at: number;
  left: number;
  right: number;
}

describe('a recording in the browser', () => {
  let api: Api;
  let browser: Browser;
  let page: Page;
  let home: string;
  const id = randomUUID();
  const ranges: string[] = [];

  beforeAll(async () => {
    home = await mkdtemp(join(tmpdir(), 'sanling-playback-'));
    api = await Api.start({ telephony: simulatedTelephony(), settings: { SANLING_HOME: home } });
    const startedAt = new Date('2026-03-02T01:02:03Z');
    const callId = randomUUID();
    await endedCall(api, callId, startedAt);
    await storeRecording(api, { id, callId, startedAt, customer, agent });
    const [name = '', value = ''] = (await api.signIn('inspector')).split('=');
    browser = await chromium.launch({
      executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
      args: ['--no-sandbox', '--disable-gpu', '--autoplay-policy=no-user-gesture-required', '--mute-audio'],
    });
    const context = await browser.newContext();
    await context.addCookies([{ name, value, url: api.url }]);
    await context.addInitScript({ path: listener });
    page = await context.newPage();
    page.on('response', (response) => {
      if (response.url().endsWith('/audio')) ranges.push(response.headers()['content-range'] ?? 'whole');
    });
    await page.goto(`${api.url}/api/health`);
  }, 90_000);
  afterAll(async () => {
    await browser.close();
    await api.stop();
    await rm(home, { recursive: true });
  }, 30_000);

  const listenAt = (seconds: number, hertz: number): Promise<Heard> => {
    const what = JSON.stringify({ url: `/api/recordings/${id}/audio`, seconds, hertz });
    return page.evaluate<Heard>(`listenAt(${what})`);
  };

  it.each([
    ['its beginning', 0, 440],
    ['a place in its middle', 90, 440],
    ['a place near its end', 170, 880],
  ])(
    'plays from %s',
    async (_place, seconds, hertz) => {
      const heard = await listenAt(seconds, hertz);
      expect(Math.abs(heard.duration - minutes * 60)).toBeLessThanOrEqual(0.04);
      expect(Math.abs(heard.at - seconds - 0.5)).toBeLessThan(0.5);
      expect(heard.left).toBeGreaterThan(-40);
      expect(heard.right).toBeLessThan(heard.left - 40);
    },
    30_000,
  );

  it('is asked for by ranges', () => {
    expect(ranges.length).toBeGreaterThan(0);
    for (const range of ranges) expect(range).toMatch(/^bytes \d+-\d+\/\d+$/);
  });
});
