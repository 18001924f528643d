import { Global, Module } from '@nestjs/common';
import { Clock } from '../kernel/clock.js';
import { Config } from '../platform/config/config.js';
import { AsteriskEngine } from './asterisk/asterisk-engine.js';
import { TelephonyEngine } from './port/engine.js';

/** The telephony engine for whoever injects `TelephonyEngine`. Its one user starts and stops it. */
@Global()
@Module({
  providers: [
    {
      provide: TelephonyEngine,
      inject: [Config, Clock],
      useFactory: ({ asterisk }: Config, clock: Clock) => new AsteriskEngine(asterisk, clock),
    },
  ],
  exports: [TelephonyEngine],
})
export class TelephonyModule {}
