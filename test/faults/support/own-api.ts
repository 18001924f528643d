import { randomBytes } from 'node:crypto';
import { join, resolve } from 'node:path';
import { demoPassword } from '../../support/api-client.js';
import { ApiProcess, freePort } from '../../support/product-process.js';
import { readyDatabase } from '../../support/ready-database.js';
import { type FreshDatabase, freshRedis, useServices } from '../../support/services.js';

/** An API process with a database and a Redis of its own, which outlive it. */
export class OwnApi extends ApiProcess {
  private constructor(
    settings: Readonly<Record<string, string>>,
    logFile: string,
    private readonly database: FreshDatabase,
  ) {
    super(settings, logFile);
  }

  /** `more`: settings beside those of the servers. */
  static async open(more: Readonly<Record<string, string>> = {}): Promise<OwnApi> {
    const services = useServices();
    const database = await readyDatabase();
    const settings = {
      ...services,
      PORT: String(await freePort()),
      DATABASE_URL: database.url,
      REDIS_URL: await freshRedis(),
      SANLING_REDIS_PREFIX: `test-${randomBytes(6).toString('hex')}:`,
      SANLING_DEMO_PASSWORD: demoPassword,
      SANLING_LOG_LEVEL: 'info',
      // The tests look every call up by its number.
      SANLING_NUMBER_SEARCHES_PER_HOUR: '100000',
      ...more,
    };
    // Beside the logs of the servers, for whoever looks into a failure.
    const api = new OwnApi(settings, join(resolve(services.SANLING_HOME), 'log/api.log'), database);
    await api.run();
    return api;
  }

  override async stop(): Promise<void> {
    await super.stop();
    await this.database.drop();
  }
}
