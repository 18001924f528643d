import { Injectable } from '@nestjs/common';
import type { Topic, TopicPayload } from './topics.js';

/** Does a piece of work. It may be called again for work that was done: look before acting. Throw to be tried again. */
export type JobHandler<T extends Topic> = (payload: TopicPayload<T>) => Promise<void>;

/** Who does what in the worker: features register at `onModuleInit`. */
@Injectable()
export class JobHandlers {
  private readonly handlers: { [T in Topic]?: JobHandler<T> } = {};

  /** One handler a topic; a second one is a mistake in the wiring. */
  on<T extends Topic>(topic: T, handler: JobHandler<T>): void {
    if (this.handlers[topic]) throw new Error(`jobs: ${topic} has a handler already`);
    (this.handlers as Partial<Record<Topic, JobHandler<T>>>)[topic] = handler;
  }

  of<T extends Topic>(topic: T): JobHandler<T> | undefined {
    return this.handlers[topic];
  }
}
