import { Global, Module } from '@nestjs/common';
import { CommandRegistry } from './command-registry.js';
import { RealtimeGateway } from './realtime.gateway.js';
import { Realtime } from './realtime.js';

@Global()
@Module({
  providers: [CommandRegistry, Realtime, RealtimeGateway],
  exports: [CommandRegistry, Realtime],
})
export class RealtimeModule {}
