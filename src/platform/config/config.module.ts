import { Global, Module } from '@nestjs/common';
import { Clock, SystemClock } from '../../kernel/clock.js';
import { Config } from './config.js';

/** The settings and the clock, for everyone. */
@Global()
@Module({
  providers: [
    { provide: Config, useFactory: () => Config.from(process.env) },
    { provide: Clock, useFactory: () => new SystemClock() },
  ],
  exports: [Config, Clock],
})
export class ConfigModule {}
