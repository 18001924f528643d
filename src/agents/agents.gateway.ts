import { Injectable, type OnModuleInit } from '@nestjs/common';
import { isRefusal } from '../kernel/refusal.js';
import { CommandRegistry } from '../platform/realtime/command-registry.js';
import { DevicesService } from './devices.service.js';
import { PresenceService } from './presence.service.js';

/** The agents' commands on sockets. */
@Injectable()
export class AgentsGateway implements OnModuleInit {
  constructor(
    private readonly commands: CommandRegistry,
    private readonly presence: PresenceService,
    private readonly devices: DevicesService,
  ) {}

  onModuleInit(): void {
    this.commands.handle('lead-device', (actor, wish, { socketId }) =>
      this.devices.lead(actor, socketId, wish),
    );
    this.commands.handle('report-device', (actor, said, { socketId }) =>
      this.devices.report(actor, socketId, said),
    );
    this.commands.handle('set-presence', async (actor, wish) => {
      const set = await this.presence.setByAgent(actor, wish);
      return isRefusal(set) ? set : null;
    });
  }
}
