import { Global, Module } from '@nestjs/common';
import { ApiDescription } from './api-description.js';
import { HealthChecks } from './health-checks.js';
import { SystemController } from './system.controller.js';

@Global()
@Module({
  controllers: [SystemController],
  providers: [HealthChecks, ApiDescription],
  exports: [HealthChecks, ApiDescription],
})
export class HealthModule {}
