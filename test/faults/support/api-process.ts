import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import { createServer } from 'node:net';
import { join, resolve } from 'node:path';
import { ApiClient, demoPassword } from '../../support/api-client.js';
import { eventually } from '../../support/eventually.js';
import { type FreshDatabase, freshDatabase, freshRedis, useServices } from '../../support/services.js';

const checkout = resolve(import.meta.dirname, '../../..');
const typescript = join(checkout, 'test/support/typescript/register.mjs');

/** The API in a process of its own, to be killed and started again on the same port, database and Redis. */
export class ApiProcess extends ApiClient {
  private child: ChildProcess | undefined;

  private constructor(
    readonly settings: Readonly<Record<string, string>>,
    private readonly database: FreshDatabase,
  ) {
    super(`http://127.0.0.1:${settings.PORT}`);
  }

  /** `more`: settings beside those of the servers. */
  static async start(more: Readonly<Record<string, string>> = {}): Promise<ApiProcess> {
    const database = await freshDatabase();
    const api = new ApiProcess(
      {
        ...useServices(),
        PORT: String(await freePort()),
        DATABASE_URL: database.url,
        REDIS_URL: await freshRedis(),
        SANLING_REDIS_PREFIX: `test-${randomBytes(6).toString('hex')}:`,
        SANLING_DEMO_PASSWORD: demoPassword,
        SANLING_LOG_LEVEL: 'info',
        ...more,
      },
      database,
    );
    await api.run();
    return api;
  }

  /** Starts the process and waits until every part of it is up. */
  async run(): Promise<void> {
    this.launch();
    await eventually(async () => (await this.read('/api/health')).status === 200, {
      withinMs: 60_000,
      what: 'the API process is up',
    });
  }

  /** Starts the process and waits for nothing. */
  launch(): void {
    // What it logs lies beside the logs of the servers, for whoever looks into a failure.
    const log = openSync(join(checkout, process.env.SANLING_HOME ?? '', 'log/api.log'), 'a');
    this.child = spawn(process.execPath, ['--import', typescript, join(checkout, 'src/main.ts')], {
      cwd: checkout,
      env: { ...process.env, NODE_OPTIONS: '', ...this.settings },
      stdio: ['ignore', log, log],
    });
    closeSync(log);
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

  /** The process is gone from one moment to the next. */
  async kill(signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
    const { child } = this;
    if (!child || !this.runs) return;
    const ended = once(child, 'exit');
    child.kill(signal);
    await ended;
  }

  async stop(): Promise<void> {
    this.closeSockets();
    await this.kill('SIGTERM');
    await this.database.drop();
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address ? address.port : 0;
}
