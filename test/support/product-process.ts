import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import { createServer } from 'node:net';
import { resolve } from 'node:path';
import { ApiClient } from './api-client.js';
import { eventually } from './eventually.js';

const checkout = resolve(import.meta.dirname, '../..');
/** Some seconds by itself; on a machine that runs other suites, many. */
const comesUpWithinMs = 150_000;

/**
 * Starts a program of the product as it was built (the suites' set-up builds it). What it says goes to the end of a file: a
 * failed test's reason is often there.
 */
export function launchProduct(
  program: 'main' | 'worker',
  settings: Readonly<Record<string, string>>,
  logFile: string,
): ChildProcess {
  const log = openSync(logFile, 'a');
  const child = spawn(process.execPath, ['--enable-source-maps', `dist/${program}.js`], {
    cwd: checkout,
    env: { ...process.env, NODE_OPTIONS: '', ...settings },
    stdio: ['ignore', log, log],
  });
  closeSync(log);
  return child;
}

/** The API in a process of its own, to be killed and started again on the same port. */
export class ApiProcess extends ApiClient {
  private child: ChildProcess | undefined;

  protected constructor(
    readonly settings: Readonly<Record<string, string>>,
    private readonly logFile: string,
  ) {
    super(`http://127.0.0.1:${settings.PORT}`);
  }

  /** On a free port; resolves when every part of it is up. */
  static async start(settings: Readonly<Record<string, string>>, logFile: string): Promise<ApiProcess> {
    const api = new ApiProcess({ ...settings, PORT: String(await freePort()) }, logFile);
    await api.run();
    return api;
  }

  /** Starts the process and waits until every part of it is up. */
  async run(): Promise<void> {
    this.launch();
    try {
      await eventually(async () => !this.runs || (await this.read('/api/health')).status === 200, {
        withinMs: comesUpWithinMs,
        everyMs: 100,
        what: `the API process is up (${this.logFile})`,
      });
      if (!this.runs) throw new Error(`the API process ended: see ${this.logFile}`);
    } catch (error) {
      await this.kill();
      throw error;
    }
  }

  /** Starts the process and waits for nothing. */
  launch(): void {
    this.child = launchProduct('main', this.settings, this.logFile);
  }

  /** Of the running process. */
  get pid(): number {
    const pid = this.child?.pid;
    if (pid === undefined) throw new Error('the API process does not run');
    return pid;
  }

  /** True while the process has not ended by itself. */
  get runs(): boolean {
    return this.child?.exitCode === null && this.child.signalCode === null;
  }

  /** The process is gone from one moment to the next; another signal: in its own time. */
  async kill(signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
    if (this.child) await ended(this.child, signal);
  }

  async stop(): Promise<void> {
    this.closeSockets();
    await this.kill('SIGTERM');
  }
}

/** Ends a process that was started here, unless it has ended by itself. */
export async function ended(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill(signal);
  await gone;
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port was given');
  return address.port;
}
