import { Injectable, type OnModuleInit } from '@nestjs/common';
import { CommandRegistry } from '../platform/realtime/command-registry.js';
import { AlarmsService } from './alarms.service.js';
import { FloorBroadcast } from './floor-broadcast.js';

/** The team lead's commands on sockets. */
@Injectable()
export class FloorGateway implements OnModuleInit {
  constructor(
    private readonly commands: CommandRegistry,
    private readonly broadcast: FloorBroadcast,
    private readonly alarms: AlarmsService,
  ) {}

  onModuleInit(): void {
    this.commands.handle('watch-floor', (actor, _, connection) => this.broadcast.watch(actor, connection));
    this.commands.handle('acknowledge-alarm', (actor, which) => this.alarms.acknowledge(actor, which));
  }
}
