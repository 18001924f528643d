import { join } from 'node:path';
import { defineConfig } from '@playwright/test';

/** The stack of docker-compose.yml on a machine of its own (tools/testing/containers): one story after the other. */
export default defineConfig({
  testDir: '.',
  outputDir: join(process.env.SANLING_TREE ?? '.runtime/containers/tree', '../browser'),
  globalSetup: './global-setup.ts',
  globalTeardown: './global-teardown.ts',
  workers: 1,
  fullyParallel: false,
  retries: 0,
  forbidOnly: true,
  timeout: 300_000,
  expect: { timeout: 15_000 },
  use: { screenshot: 'only-on-failure' },
  reporter: 'list',
});
