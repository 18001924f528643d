import { spawnSync } from 'node:child_process';
import { CHECKOUT } from './services/home.mjs';

/** Each a program of its own: the server with tools and tests, the pages, the browser tests. */
const PROJECTS = ['tsconfig.json', 'client/tsconfig.json', 'test/browser/tsconfig.json'];

// The native compiler needs a third of the time; Nest's builder still needs the other one. What it learnt is kept for the next check.
for (const project of PROJECTS) {
  const info = `node_modules/.cache/types/${project.replaceAll('/', '-')}.tsbuildinfo`;
  const args = ['--noEmit', '--incremental', '--tsBuildInfoFile', info, '-p', project];
  const { status } = spawnSync(process.execPath, ['node_modules/typescript-native/bin/tsc', ...args], {
    cwd: CHECKOUT,
    stdio: 'inherit',
  });
  if (status !== 0) process.exitCode = 1;
}
