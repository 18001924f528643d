import { Logger } from '@nestjs/common';
import { mainNode } from '../../contracts/node.js';
import type { EngineListener } from './engine.js';
import type { EngineEvent } from './engine-event.js';

/** Hands each event to every listener in turn. One listener's failure is logged and keeps nothing from the others. */
export class EventHub {
  private readonly log = new Logger(EventHub.name);
  private readonly listeners = new Set<EngineListener>();

  /** Adds a listener and returns its removal. */
  add(listener: EngineListener): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  tell(event: EngineEvent, node = mainNode): void {
    for (const listener of this.listeners) {
      try {
        listener(event, node);
      } catch (error) {
        this.log.error(`a listener failed on ${event.kind}: ${error instanceof Error ? error.stack : error}`);
      }
    }
  }
}
