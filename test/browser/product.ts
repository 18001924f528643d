import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { ApiClient, demoPassword } from '../support/api-client.js';
import { eventually } from '../support/eventually.js';
import { type FreshDatabase, freshDatabase, freshRedis, useServices } from '../support/services.js';

/** The built product as it is shipped: one server process and one worker, on a port, database and Redis of its own. */
export class Product extends ApiClient {
  private constructor(
    url: string,
    readonly database: FreshDatabase,
    private readonly home: string,
    private readonly children: ChildProcess[],
  ) {
    super(url);
  }

  static async start(settings: Record<string, string> = {}): Promise<Product> {
    const services = useServices();
    const [database, redis, port] = [await freshDatabase(), await freshRedis(), await freePort()];
    const home = await mkdtemp(join(services.SANLING_HOME, 'browser-'));
    const env = {
      ...process.env,
      NODE_ENV: 'production',
      PORT: String(port),
      SANLING_HOME: home,
      DATABASE_URL: database.url,
      REDIS_URL: redis,
      SANLING_REDIS_PREFIX: `test-${randomBytes(6).toString('hex')}:`,
      SANLING_DEMO_PASSWORD: demoPassword,
      SANLING_GUESTS_PER_ADDRESS: '200',
      ...settings,
    };
    const children: ChildProcess[] = [];
    const product = new Product(`http://127.0.0.1:${port}`, database, home, children);
    try {
      children.push(launch('main', env));
      await eventually(async () => (await product.read('/api/health')).status === 200, {
        withinMs: 40_000,
        everyMs: 100,
        what: `the server is healthy (see ${services.SANLING_HOME}/log/browser-main.log)`,
      });
      // After the server, which brings the database up to date.
      children.push(launch('worker', env));
    } catch (error) {
      await product.stop();
      throw error;
    }
    return product;
  }

  async stop(): Promise<void> {
    for (const child of this.children.splice(0).reverse()) {
      if (child.exitCode !== null || child.signalCode !== null) continue;
      child.kill('SIGTERM');
      await once(child, 'exit');
    }
    await this.database.drop();
    await rm(this.home, { recursive: true, force: true });
  }
}

/** What it says goes to a file: a failed test's reason is often there. */
function launch(name: 'main' | 'worker', env: NodeJS.ProcessEnv): ChildProcess {
  const log = openSync(join(useServices().SANLING_HOME, 'log', `browser-${name}.log`), 'w');
  const child = spawn(process.execPath, ['--enable-source-maps', `dist/${name}.js`], {
    cwd: new URL('../..', import.meta.url),
    env,
    stdio: ['ignore', log, log],
  });
  closeSync(log);
  return child;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port was given');
  return address.port;
}
