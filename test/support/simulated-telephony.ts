import { type DynamicModule, Module } from '@nestjs/common';
import { SystemClock } from '../../src/kernel/clock.js';
import { TelephonyEngine } from '../../src/telephony/port/engine.js';
import { SimulatedEngine } from '../../src/telephony/simulated/simulated-engine.js';
import { SimulatedExchange } from '../../src/telephony/simulated/simulated-exchange.js';

@Module({})
class SimulatedTelephonyModule {}

/** The simulated engine for `Api.start`; `exchange` is where the test's phones are. */
export function simulatedTelephony(exchange = new SimulatedExchange(new SystemClock())): DynamicModule {
  return {
    module: SimulatedTelephonyModule,
    global: true,
    providers: [{ provide: TelephonyEngine, useFactory: () => new SimulatedEngine(exchange) }],
    exports: [TelephonyEngine],
  };
}
