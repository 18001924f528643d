import { randomBytes, randomUUID } from 'node:crypto';
import { type DynamicModule, Module, type Type } from '@nestjs/common';
import { Test, type TestingModule } from '@nestjs/testing';
import { AgentsModule } from '../../src/agents/agents.module.js';
import { DevicesService } from '../../src/agents/devices.service.js';
import { PresenceService } from '../../src/agents/presence.service.js';
import type { Presence, PresenceState } from '../../src/contracts/presence.js';
import { IdentityModule } from '../../src/identity/identity.module.js';
import { People } from '../../src/identity/people.js';
import type { Actor } from '../../src/kernel/actor.js';
import { Clock, ManualClock } from '../../src/kernel/clock.js';
import { isRefusal } from '../../src/kernel/refusal.js';
import { Announcements } from '../../src/platform/announcements/announcements.js';
import { AnnouncementsModule } from '../../src/platform/announcements/announcements.module.js';
import { Config } from '../../src/platform/config/config.js';
import { ConfigModule } from '../../src/platform/config/config.module.js';
import { DatabaseModule } from '../../src/platform/database/database.module.js';
import { HealthModule } from '../../src/platform/health/health.module.js';
import { HttpModule } from '../../src/platform/http/http.module.js';
import { LeasesModule } from '../../src/platform/leases/leases.module.js';
import { createLogger, NestLog } from '../../src/platform/logging/logger.js';
import { MetricsModule } from '../../src/platform/metrics/metrics.module.js';
import { PeersModule } from '../../src/platform/peers/peers.module.js';
import type { Connection } from '../../src/platform/realtime/connection.js';
import { Realtime } from '../../src/platform/realtime/realtime.js';
import { RealtimeModule } from '../../src/platform/realtime/realtime.module.js';
import { RedisModule } from '../../src/platform/redis/redis.module.js';
import { RoutingModule } from '../../src/routing/routing.module.js';
import { TelephonyEngine } from '../../src/telephony/port/engine.js';
import { SimulatedEngine } from '../../src/telephony/simulated/simulated-engine.js';
import { SimulatedExchange } from '../../src/telephony/simulated/simulated-exchange.js';
import { demoPassword } from './api-client.js';
import { eventually } from './eventually.js';
import { readyDatabase } from './ready-database.js';
import { useServices } from './services.js';

@Module({})
class SimulatedTelephony {
  static with(engine: SimulatedEngine): DynamicModule {
    const provider = { provide: TelephonyEngine, useValue: engine };
    return { module: SimulatedTelephony, global: true, providers: [provider], exports: [TelephonyEngine] };
  }
}

interface RigOptions {
  clock?: Clock;
  /** An earlier or other process of the same house. */
  beside?: AgentsRig;
}

/** Agents and routing on a real database and Redis, without calls: tests play the calls' part. */
export class AgentsRig implements AsyncDisposable {
  readonly presence: PresenceService;
  readonly devices: DevicesService;
  readonly realtime: Realtime;
  readonly announcements: Announcements;
  /** Agents whose softphone was told to be lost, in order. */
  readonly lost: string[] = [];
  private tabs: Tab[] = [];

  private constructor(
    private readonly module: TestingModule,
    readonly config: Config,
    readonly clock: Clock,
    readonly exchange: SimulatedExchange,
    readonly engine: SimulatedEngine,
    private readonly drop: () => Promise<void>,
  ) {
    this.presence = module.get(PresenceService, { strict: false });
    this.devices = module.get(DevicesService, { strict: false });
    this.realtime = module.get(Realtime, { strict: false });
    this.announcements = module.get(Announcements, { strict: false });
    this.devices.onLost((agentId, why) => {
      if (why !== 'cut-off') this.lost.push(agentId);
    });
  }

  static async start({ clock = new ManualClock(), beside }: RigOptions = {}): Promise<AgentsRig> {
    const database = beside ? undefined : await readyDatabase();
    const config = Config.from({
      ...useServices(),
      DATABASE_URL: database?.url ?? beside?.config.databaseUrl,
      SANLING_REDIS_PREFIX: beside?.config.redisPrefix ?? `test-${randomBytes(6).toString('hex')}:`,
      SANLING_DEMO_PASSWORD: demoPassword,
      SANLING_LOG_LEVEL: 'silent',
    });
    const exchange = beside?.exchange ?? new SimulatedExchange(clock);
    const engine = new SimulatedEngine(exchange);
    const platform = [
      ConfigModule,
      DatabaseModule,
      RedisModule,
      LeasesModule,
      PeersModule,
      AnnouncementsModule,
      HttpModule,
      MetricsModule,
      HealthModule,
      RealtimeModule,
    ];
    const builder = Test.createTestingModule({
      imports: [...platform, IdentityModule, SimulatedTelephony.with(engine), AgentsModule, RoutingModule],
    });
    builder.overrideProvider(Config).useValue(config);
    builder.overrideProvider(Clock).useValue(clock);
    builder.setLogger(new NestLog(createLogger(config, 'api')));
    const module = await builder.compile();
    await module.init();
    await engine.start();
    return new AgentsRig(module, config, clock, exchange, engine, async () => database?.drop());
  }

  get<T>(type: Type<T>): T {
    return this.module.get(type, { strict: false });
  }

  /** The agent with this login, as a session of theirs acts. */
  async actor(login: string, sessionId: string = randomUUID()): Promise<Actor> {
    const person = await this.get(People).byLogin(login);
    if (!person) throw new Error(`nobody is called ${login}`);
    const { id: personId, role, name, agentNumber } = person;
    return { personId, sessionId, role, login, name, agentNumber };
  }

  /** A tab of the actor connects to this process. */
  async opens(actor: Actor): Promise<Tab> {
    const tab = new Tab(actor);
    this.tabs.push(tab);
    await this.realtime.tellConnected(tab);
    return tab;
  }

  /** The tab's socket is gone. */
  async closes(tab: Tab): Promise<void> {
    await this.realtime.tellDisconnected(tab);
  }

  /** The tab leads and its softphone registers with the account it was given. */
  async bringsPhone(tab: Tab, clientId = 'browser-one'): Promise<string> {
    const account = await this.devices.lead(tab.actor, tab.socketId, { clientId, takeOver: false });
    if (isRefusal(account)) throw new Error(account.code);
    if (!this.exchange.registerDevice(account.deviceId, account.secret)) throw new Error('not registered');
    await this.devices.report(tab.actor, tab.socketId, { registered: true, legs: [] });
    return account.deviceId;
  }

  /** A new agent at the desk, ready for calls. */
  async ready(login: string): Promise<Tab> {
    const tab = await this.opens(await this.actor(login));
    await this.bringsPhone(tab);
    const set = await this.presence.setByAgent(tab.actor, { state: 'ready' });
    if (isRefusal(set)) throw new Error(set.code);
    return tab;
  }

  /** As at the end of a day: every call is over and everybody has signed out. */
  async everybodyLeaves(): Promise<void> {
    await this.presence.freeUnless(() => false);
    for (const tab of this.tabs) {
      const { sessionId, personId } = tab.actor;
      this.announcements.announce({ kind: 'session.closed', sessionId, personId, why: 'session.expired' });
      await this.closes(tab);
    }
    this.tabs = [];
    for (const { agentId } of await this.presence.all()) await this.sees(agentId, 'offline');
    await eventually(() => this.exchange.accounts.size === 0);
    this.lost.length = 0;
  }

  /** Waits until the agent is seen in this state. */
  async sees(agentId: string, state: PresenceState): Promise<Presence> {
    return eventually(
      async () => {
        const presence = await this.presence.get(agentId);
        if (presence.state !== state) throw new Error(`${presence.state} ${presence.reason ?? ''}`);
        return presence;
      },
      { what: `the agent is ${state}` },
    );
  }

  async stop(): Promise<void> {
    await this.module.close();
    await this.drop();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop();
  }
}

/** An agent's tab as the server sees it. */
export class Tab implements Connection {
  readonly socketId = `socket-${randomUUID()}`;

  constructor(readonly actor: Actor) {}

  emit(): void {}

  async join(): Promise<void> {}

  async leave(): Promise<void> {}
}
