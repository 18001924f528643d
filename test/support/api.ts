import { randomBytes } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import type { DynamicModule, Type } from '@nestjs/common';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { Test } from '@nestjs/testing';
import { AppModule } from '../../src/app.module.js';
import { Clock, SystemClock } from '../../src/kernel/clock.js';
import { Config, type Settings } from '../../src/platform/config/config.js';
import { prepareApp } from '../../src/prepare-app.js';
import { TelephonyEngine } from '../../src/telephony/port/engine.js';
import { SimulatedEngine } from '../../src/telephony/simulated/simulated-engine.js';
import { SimulatedExchange } from '../../src/telephony/simulated/simulated-exchange.js';
import { ApiClient, demoPassword } from './api-client.js';
import { readyDatabase } from './ready-database.js';
import { useServices } from './services.js';

class SimulatedTelephony {}

/** The telephony of a process: an engine on this exchange. */
export function telephonyOn(
  exchange: SimulatedExchange,
  engine: TelephonyEngine = new SimulatedEngine(exchange),
): DynamicModule {
  const provider = { provide: TelephonyEngine, useValue: engine };
  return { module: SimulatedTelephony, global: true, providers: [provider], exports: [TelephonyEngine] };
}

export interface ApiOptions {
  /** A global module that exports the `TelephonyEngine`, e.g. `TelephonyModule` for Asterisk; else the simulated one. */
  telephony?: DynamicModule | Type;
  settings?: Partial<Record<keyof Settings, string>>;
  clock?: Clock;
  clientFolder?: string;
  /** Where the log goes; without it nothing is logged. */
  logTo?: { write(line: string): void };
  /** An existing database and Redis prefix: a second process of the same installation. */
  beside?: Api;
}

/** The whole API process, in this one, on a free port, with a database of its own. */
export class Api extends ApiClient implements AsyncDisposable {
  private closed = false;

  private constructor(
    readonly app: NestExpressApplication,
    readonly config: Config,
    /** What parties do with their phones; nobody is on it when the test brought its own telephony. */
    readonly exchange: SimulatedExchange,
    url: string,
    private readonly drop: () => Promise<void>,
  ) {
    super(url);
  }

  static async start(options: ApiOptions = {}): Promise<Api> {
    const { beside, clock = new SystemClock() } = options;
    const exchange = beside?.exchange ?? new SimulatedExchange(clock);
    const database = beside ? undefined : await readyDatabase();
    const config = Config.from({
      ...useServices(),
      PORT: '0',
      DATABASE_URL: database?.url ?? beside?.config.databaseUrl,
      SANLING_REDIS_PREFIX: beside?.config.redisPrefix ?? `test-${randomBytes(6).toString('hex')}:`,
      SANLING_DEMO_PASSWORD: demoPassword,
      SANLING_LOG_LEVEL: options.logTo ? 'trace' : 'silent',
      ...options.settings,
    });
    const telephony = options.telephony ?? telephonyOn(exchange);
    const testing = await Test.createTestingModule({ imports: [AppModule.with(telephony)] })
      .overrideProvider(Config)
      .useValue(config)
      .overrideProvider(Clock)
      .useValue(clock)
      .compile();
    const app = testing.createNestApplication<NestExpressApplication>({
      bodyParser: false,
      forceCloseConnections: true,
    });
    await prepareApp(app, { clientFolder: options.clientFolder, logTo: options.logTo });
    await app.listen(0, '127.0.0.1');
    const { port } = app.getHttpServer().address() as AddressInfo;
    return new Api(app, config, exchange, `http://127.0.0.1:${port}`, async () => database?.drop());
  }

  /** A service of the running application. */
  get<T>(type: Type<T> | (abstract new (...args: never[]) => T)): T {
    return this.app.get<T>(type as Type<T>, { strict: false });
  }

  /** The process ends in order; its database stays for another one `beside` it. */
  async close(): Promise<void> {
    if (this.closed) return;
    this.closed = true;
    this.closeSockets();
    await this.app.close();
  }

  async stop(): Promise<void> {
    await this.close();
    await this.drop();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop();
  }
}
