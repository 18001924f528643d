import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AgentsModule } from '../agents/agents.module.js';
import { queueEntity, queueMemberEntity } from './queue.entity.js';
import { QueuesService } from './queues.service.js';
import { Router } from './router.service.js';
import { WaitingRoom } from './waiting-room.js';

/** Queues, and which waiting call goes to which agent. */
@Module({
  imports: [AgentsModule, TypeOrmModule.forFeature([queueEntity, queueMemberEntity])],
  providers: [QueuesService, WaitingRoom, Router],
  exports: [QueuesService, Router],
})
export class RoutingModule {}
