import { Global, Module } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, APP_INTERCEPTOR } from '@nestjs/core';
import { Faults } from './faults.js';
import { RefusalFilter } from './refusal.filter.js';
import { RefusalInterceptor } from './refusal.interceptor.js';
import { SessionGuard } from './session.guard.js';

/** What every REST route goes through. Needs a `Doorkeeper`, which identity provides. */
@Global()
@Module({
  providers: [
    Faults,
    { provide: APP_FILTER, useClass: RefusalFilter },
    { provide: APP_GUARD, useClass: SessionGuard },
    { provide: APP_INTERCEPTOR, useClass: RefusalInterceptor },
  ],
  exports: [Faults],
})
export class HttpModule {}
