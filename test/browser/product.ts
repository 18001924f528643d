import type { ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { ApiClient, demoPassword } from '../support/api-client.js';
import { eventually } from '../support/eventually.js';
import { ended, freePort, launchProduct } from '../support/product-process.js';
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
    const log = (program: string) => join(services.SANLING_HOME, 'log', `browser-${program}.log`);
    const children: ChildProcess[] = [];
    const product = new Product(`http://127.0.0.1:${port}`, database, home, children);
    try {
      children.push(launchProduct('main', env, log('main')));
      await eventually(async () => (await product.read('/api/health')).status === 200, {
        withinMs: 40_000,
        everyMs: 100,
        what: `the server is healthy (see ${log('main')})`,
      });
      // After the server, which brings the database up to date.
      children.push(launchProduct('worker', env, log('worker')));
    } catch (error) {
      await product.stop();
      throw error;
    }
    return product;
  }

  async stop(): Promise<void> {
    for (const child of this.children.splice(0).reverse()) await ended(child, 'SIGTERM');
    await this.database.drop();
    await rm(this.home, { recursive: true, force: true });
  }
}
