import { type DynamicModule, Module, type OnModuleInit, type Type } from '@nestjs/common';
import { CallArchiveModule } from './calls/call-archive.module.js';
import { CallsModule } from './calls/calls.module.js';
import { NodeTaken } from './calls/node-fences.js';
import { DiallingModule } from './dialling/dialling.module.js';
import { EdgeModule } from './edge/edge.module.js';
import { FlowsModule } from './flows/flows.module.js';
import { GuestsModule } from './guests/guests.module.js';
import { IdentityModule } from './identity/identity.module.js';
import { AnnouncementsModule } from './platform/announcements/announcements.module.js';
import { ConfigModule } from './platform/config/config.module.js';
import { DatabaseModule } from './platform/database/database.module.js';
import { isDatabaseAway } from './platform/database/database-away.js';
import { HealthModule } from './platform/health/health.module.js';
import { HealthChecks } from './platform/health/health-checks.js';
import { Faults } from './platform/http/faults.js';
import { HttpModule } from './platform/http/http.module.js';
import { JobsModule } from './platform/jobs/jobs.module.js';
import { LeasesModule } from './platform/leases/leases.module.js';
import { MetricsModule } from './platform/metrics/metrics.module.js';
import { PeersModule } from './platform/peers/peers.module.js';
import { PeerAway } from './platform/peers/question.js';
import { RealtimeModule } from './platform/realtime/realtime.module.js';
import { RedisModule } from './platform/redis/redis.module.js';
import { SipProxyModule } from './platform/sip-proxy/sip-proxy.module.js';
import { PromptsModule } from './prompts/prompts.module.js';
import { QualityModule } from './quality/quality.module.js';
import { SoundModule } from './sound/sound.module.js';
import { StandardModule } from './standard/standard.module.js';
import { SupervisionModule } from './supervision/supervision.module.js';
import { EngineUnavailable, TelephonyEngine } from './telephony/port/engine.js';

/** The API process: every edge, and the features behind them. */
@Module({
  imports: [
    ConfigModule,
    MetricsModule,
    DatabaseModule,
    RedisModule,
    LeasesModule,
    PeersModule,
    AnnouncementsModule,
    JobsModule,
    HttpModule,
    HealthModule,
    RealtimeModule,
    SipProxyModule,
    IdentityModule,
    GuestsModule,
    EdgeModule,
    DiallingModule,
    PromptsModule,
    FlowsModule,
    CallArchiveModule,
    CallsModule,
    StandardModule,
    QualityModule,
    SoundModule,
    SupervisionModule,
  ],
})
export class AppModule implements OnModuleInit {
  constructor(
    private readonly engine: TelephonyEngine,
    private readonly checks: HealthChecks,
    private readonly faults: Faults,
  ) {}

  /** `telephony`: a global module that exports a `TelephonyEngine`; tests bring the simulated one. */
  static with(telephony: DynamicModule | Type): DynamicModule {
    return { module: AppModule, imports: [telephony] };
  }

  onModuleInit(): void {
    this.faults.expect(EngineUnavailable, 'engine.unavailable');
    this.faults.expect(PeerAway, 'service.unavailable');
    this.faults.expect(NodeTaken, 'service.unavailable');
    this.faults.expectWhere(isDatabaseAway, 'service.try-again');
    this.checks.probe('telephony', async () => {
      const { up, detail } = await this.engine.health();
      if (!up) throw new Error(detail);
      return 'connected';
    });
  }
}
