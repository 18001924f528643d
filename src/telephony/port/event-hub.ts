import { Logger } from '@nestjs/common';
import type { EngineEvent } from './engine-event.js';

/** Hands each event to every listener in turn. One listener's failure is logged and keeps nothing from the others. */
export class EventHub {
  private readonly log = new Logger(EventHub.name);
  private readonly listeners = new Set<(event: EngineEvent) => void>();

  /** Adds a listener and returns its removal. */
  add(listener: (event: EngineEvent) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  tell(event: EngineEvent): void {
    for (const listener of this.listeners) {
      try {
        listener(event);
      } catch (error) {
        this.log.error(`a listener failed on ${event.kind}: ${error instanceof Error ? error.stack : error}`);
      }
    }
  }
}
