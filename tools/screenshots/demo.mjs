import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Failure } from '../services/failure.mjs';
import { CHECKOUT } from '../services/home.mjs';

/** @typedef {{ url: string, password: string, stop: () => Promise<void> }} Demo */

/**
 * The demo to take pictures of: the running one at SANLING_URL, else a fresh one with a home and ports of its own.
 * @param {(line: string) => void} say
 * @returns {Promise<Demo>}
 */
export async function openDemo(say) {
  const { SANLING_URL: url, SANLING_DEMO_PASSWORD: password } = process.env;
  if (!url) return await startDemo(say);
  if (!password)
    throw new Failure('SANLING_DEMO_PASSWORD is not set.', 'Set it to the password that npm start printed.');
  return { url, password, stop: async () => {} };
}

/** @param {(line: string) => void} say @returns {Promise<Demo>} */
async function startDemo(say) {
  const port = process.env.PORT || '3900';
  const password = randomBytes(6).toString('hex');
  const env = {
    ...process.env,
    PORT: port,
    SANLING_HOME: process.env.SANLING_HOME || '.runtime/screenshots',
    SIP_TRUNK_PORT: process.env.SIP_TRUNK_PORT || '5960',
    SANLING_DEMO_PASSWORD: password,
    // Pictures of calls need not wait for the welcome.
    SANLING_DEMO_FLOW: 'off',
  };
  const child = spawn(process.execPath, [join(CHECKOUT, 'tools/start.mjs'), '--reset'], {
    cwd: CHECKOUT,
    env,
    // A group of its own: Ctrl-C reaches this tool alone, which then stops the demo.
    detached: true,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'exit');
  const stop = async () => {
    child.kill('SIGINT');
    await ended;
  };
  for await (const line of createInterface({ input: child.stdout })) {
    if (/^\s*\d+\.\d s /.test(line)) say(line);
    if (line.includes('is ready:')) {
      child.stdout.resume();
      return { url: `http://127.0.0.1:${port}`, password, stop };
    }
  }
  throw new Failure('The demo did not start.', 'Run npm run doctor to see what is missing.');
}
