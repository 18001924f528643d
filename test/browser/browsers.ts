import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, type BrowserContext, type BrowserContextOptions, chromium } from '@playwright/test';
import { tones } from './hearing.js';
import { writeVoice } from './voices.js';

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

export type Side = keyof typeof tones;

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

/** Browsers whose microphones hear different tones, each opened when somebody of that side comes on for the first time. */
export class Browsers {
  private readonly launched = new Map<Side, Promise<Browser>>();

  private constructor(private readonly voices: string) {}

  static async open(): Promise<Browsers> {
    return new Browsers(await mkdtemp(join(tmpdir(), 'sanling-voices-')));
  }

  /** A window of its own, of a person who speaks Chinese and has a microphone. */
  async context(side: Side, more: BrowserContextOptions = {}): Promise<BrowserContext> {
    const known = this.launched.get(side) ?? this.launch(side);
    this.launched.set(side, known);
    const context = await (await known).newContext({
      viewport: { width: 1366, height: 768 },
      locale: 'zh-CN',
      reducedMotion: 'reduce',
      permissions: ['microphone'],
      ...more,
    });
    await context.addInitScript(leaveLevelAlone);
    return context;
  }

  async close(): Promise<void> {
    for (const opened of this.launched.values()) await (await opened).close();
    await rm(this.voices, { recursive: true });
  }

  private async launch(side: Side): Promise<Browser> {
    const voice = await writeVoice(join(this.voices, `${side}.wav`), tones[side]);
    return chromium.launch({
      executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
      args: [...flags, `--use-file-for-fake-audio-capture=${voice}`],
    });
  }
}
