import { Global, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { JobHandlers } from './job-handlers.js';
import { JobQueue } from './job-queue.js';
import { JobWorker } from './job-worker.js';
import { outboxEntity } from './outbox.entity.js';
import { Outbox } from './outbox.js';
import { OutboxRelay } from './outbox-relay.js';

/** The outbox and its relay: in every process. */
@Global()
@Module({
  imports: [TypeOrmModule.forFeature([outboxEntity])],
  providers: [Outbox, OutboxRelay, JobQueue, JobHandlers],
  exports: [Outbox, OutboxRelay, JobQueue, JobHandlers],
})
export class JobsModule {}

/** Takes the jobs: in the worker only. Features register their handlers with `JobHandlers` at `onModuleInit`. */
@Module({ providers: [JobWorker] })
export class JobWorkerModule {}
