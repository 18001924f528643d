import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { openSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { ApiClient } from '../support/api-client.js';
import { eventually } from '../support/eventually.js';

/** Some seconds by itself; on a machine that runs other suites, many. */
const comesUpWithinMs = 150_000;

/** An API process of its own, which can be killed. */
export class ApiProcess extends ApiClient {
  private constructor(
    readonly child: ChildProcess,
    url: string,
  ) {
    super(url);
  }

  /** Starts the product's own main program; resolves when it answers. */
  static async start(settings: Readonly<Record<string, string>>, logFile: string): Promise<ApiProcess> {
    const port = await freePort();
    const log = openSync(logFile, 'a');
    const child = spawn(
      process.execPath,
      ['--import', './test/support/typescript/register.mjs', join('src', 'main.ts')],
      { env: { ...process.env, ...settings, PORT: String(port) }, stdio: ['ignore', log, log] },
    );
    const api = new ApiProcess(child, `http://127.0.0.1:${port}`);
    try {
      await eventually(
        async () => child.exitCode !== null || (await api.read('/api/health')).status === 200,
        { withinMs: comesUpWithinMs, everyMs: 200, what: `the API process answers (${logFile})` },
      );
      if (child.exitCode !== null) throw new Error(`the API process ended: see ${logFile}`);
      return api;
    } catch (error) {
      await api.kill();
      throw error;
    }
  }

  /** As a power cut would. */
  async kill(): Promise<void> {
    this.closeSockets();
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const gone = once(this.child, 'exit');
    this.child.kill('SIGKILL');
    await gone;
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
