import { Global, Module } from '@nestjs/common';
import { CommandRegistry } from './command-registry.js';
import { CommandsElsewhere } from './commands-elsewhere.js';
import { RealtimeGateway } from './realtime.gateway.js';
import { Realtime } from './realtime.js';
import { SocketDoor } from './socket-door.js';
import { TabCommands } from './tab-commands.js';

@Global()
@Module({
  providers: [CommandRegistry, CommandsElsewhere, Realtime, SocketDoor, TabCommands, RealtimeGateway],
  exports: [CommandRegistry, CommandsElsewhere, Realtime],
})
export class RealtimeModule {}
