import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { PromptsModule } from '../prompts/prompts.module.js';
import { RoutingModule } from '../routing/routing.module.js';
import { StandardModule } from '../standard/standard.module.js';
import { DemoFlow } from './demo-flow.js';
import { FlowPrompts } from './flow-prompts.js';
import { flowVersionEntity } from './flow-version.entity.js';
import { FlowVersions } from './flow-versions.js';
import { FlowsController } from './flows.controller.js';
import { Flows } from './flows.js';

/** Announcements and menus before the queue, by service number. */
@Module({
  imports: [PromptsModule, RoutingModule, StandardModule, TypeOrmModule.forFeature([flowVersionEntity])],
  controllers: [FlowsController],
  providers: [Flows, FlowVersions, FlowPrompts, DemoFlow],
  exports: [FlowVersions, FlowPrompts],
})
export class FlowsModule {}
