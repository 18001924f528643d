import { Away } from './away.js';

/** A store of the house cannot be asked now; what must not be lost is kept meanwhile. */
export class StoreAway extends Away {
  constructor(store: 'PostgreSQL' | 'Redis', cause: unknown, undone = false) {
    super(`${store} is away: ${cause instanceof Error ? cause.message : String(cause)}`, undone, { cause });
    this.name = 'StoreAway';
  }
}
