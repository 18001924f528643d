import { Module } from '@nestjs/common';
import { AgentDirectory } from './agent-directory.js';
import { AgentsGateway } from './agents.gateway.js';
import { DesksService } from './desks.service.js';
import { DeviceAccounts } from './device-accounts.js';
import { DeviceOwnership } from './device-ownership.js';
import { DeviceStore } from './device-store.js';
import { DevicesService } from './devices.service.js';
import { LastCalls } from './last-calls.js';
import { PresenceService } from './presence.service.js';
import { PresenceLog } from './presence-log.js';
import { PresenceStore } from './presence-store.js';
import { RedisMemory } from './redis-memory.js';

/** Who the agents are, what they are doing, and their softphones. */
@Module({
  providers: [
    AgentDirectory,
    PresenceStore,
    RedisMemory,
    PresenceLog,
    PresenceService,
    DesksService,
    LastCalls,
    DeviceStore,
    DeviceAccounts,
    DeviceOwnership,
    DevicesService,
    AgentsGateway,
  ],
  exports: [AgentDirectory, PresenceService, DevicesService],
})
export class AgentsModule {}
