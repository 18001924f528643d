import { resolve } from 'node:path';
import { defineConfig } from '@playwright/test';

/** The same default as the servers' set-up. */
const home = process.env.SANLING_HOME || '.runtime/test';

/** One test at a time: they share one Asterisk, and two browsers with sound are work enough for a small machine. */
export default defineConfig({
  /** `pages`: what a page shows and refuses, without a word being spoken: it needs no time of its own. */
  projects: [
    { name: 'pages', testDir: 'pages' },
    { name: 'calls', testIgnore: 'pages/**' },
  ],
  outputDir: resolve(import.meta.dirname, '../..', home, 'browser'),
  globalSetup: './global-setup.mjs',
  globalTeardown: '../support/global-teardown.mjs',
  workers: 1,
  fullyParallel: false,
  retries: 0,
  forbidOnly: true,
  timeout: 90_000,
  expect: { timeout: 15_000 },
  use: { screenshot: 'only-on-failure' },
  reporter: 'list',
});
