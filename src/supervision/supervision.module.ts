import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AgentsModule } from '../agents/agents.module.js';
import { CallsModule } from '../calls/calls.module.js';
import { RoutingModule } from '../routing/routing.module.js';
import { alarmEntity } from './alarm.entity.js';
import { AlarmsService } from './alarms.service.js';
import { FloorController } from './floor.controller.js';
import { FloorGateway } from './floor.gateway.js';
import { FloorService } from './floor.service.js';
import { FloorBroadcast } from './floor-broadcast.js';
import { QueueFigures } from './queue-figures.js';
import { QueueStatuses } from './queue-statuses.js';

/** The team lead's view of the floor. */
@Module({
  imports: [AgentsModule, RoutingModule, CallsModule, TypeOrmModule.forFeature([alarmEntity])],
  controllers: [FloorController],
  providers: [AlarmsService, QueueFigures, QueueStatuses, FloorService, FloorBroadcast, FloorGateway],
})
export class SupervisionModule {}
