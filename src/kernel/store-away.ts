/** A store of the house cannot be asked now: the person is told to try again, what must not be lost is kept meanwhile. */
export class StoreAway extends Error {
  constructor(store: 'PostgreSQL' | 'Redis', cause: unknown) {
    super(`${store} is away: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
    this.name = 'StoreAway';
  }
}
