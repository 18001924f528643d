import { Module } from '@nestjs/common';
import { AgentsModule } from '../agents/agents.module.js';
import { DiallingModule } from '../dialling/dialling.module.js';
import { FlowsModule } from '../flows/flows.module.js';
import { RecordingsModule } from '../recordings/recordings.module.js';
import { RoutingModule } from '../routing/routing.module.js';
import { StandardModule } from '../standard/standard.module.js';
import { CallArrivals } from './call-arrivals.service.js';
import { CallCommandsElsewhere } from './call-commands-elsewhere.js';
import { CallControl } from './call-control.service.js';
import { CallConvergence } from './call-convergence.js';
import { CallDirectives } from './call-directives.js';
import { CallHelp } from './call-help.js';
import { CallLanes } from './call-lanes.js';
import { CallLists } from './call-lists.service.js';
import { CallNodes } from './call-nodes.service.js';
import { CallOffers } from './call-offers.js';
import { CallOwners } from './call-owners.js';
import { CallPatience } from './call-patience.js';
import { CallReception } from './call-reception.js';
import { CallReconciliation } from './call-reconciliation.js';
import { CallReturns } from './call-returns.js';
import { CallTransfers } from './call-transfers.js';
import { CallsController } from './calls.controller.js';
import { CustomerRecords } from './customer-records.js';
import { DeskService } from './desk.service.js';
import { DeskCalls } from './desk-calls.js';
import { DeskCommands } from './desk-commands.js';
import { DeviceNews } from './device-news.js';
import { DialledNumbers } from './dialled-numbers.js';
import { FlowRules } from './flow-rules.js';
import { FlowTrialsController } from './flow-trials.controller.js';
import { FlowTrials } from './flow-trials.js';
import { HelpViews } from './help-views.js';
import { LiveCalls } from './live-calls.js';
import { NodeOwnership } from './node-ownership.js';
import { NumberReveals } from './number-reveals.js';
import { NumberSearch } from './number-search.js';
import { OutboundCalls } from './outbound-calls.js';
import { OutsideCallers } from './outside-callers.js';
import { QueueStrip } from './queue-strip.js';
import { ReturningCallers } from './returning-callers.js';
import { TransferTargetsController } from './transfer-targets.controller.js';

/** Call control: in the process that is connected to the engine. */
@Module({
  imports: [AgentsModule, DiallingModule, FlowsModule, RoutingModule, StandardModule, RecordingsModule],
  controllers: [CallsController, FlowTrialsController, TransferTargetsController],
  providers: [
    LiveCalls,
    FlowRules,
    FlowTrials,
    CallDirectives,
    CallLanes,
    CallPatience,
    CallControl,
    CallReconciliation,
    NodeOwnership,
    CallNodes,
    CallOwners,
    CallOffers,
    CallReturns,
    DeviceNews,
    CallArrivals,
    CallCommandsElsewhere,
    ReturningCallers,
    CallReception,
    OutsideCallers,
    CallArrivals,
    CallConvergence,
    DeskCommands,
    CallTransfers,
    HelpViews,
    CallHelp,
    OutboundCalls,
    DeskCalls,
    DeskService,
    QueueStrip,
    CallLists,
    CustomerRecords,
    DialledNumbers,
    NumberReveals,
    NumberSearch,
  ],
  exports: [LiveCalls, CallControl, CallOwners],
})
export class CallsModule {}
