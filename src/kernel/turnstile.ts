/** Lets so many pieces of work run at once and so many wait their turn; turns away what is more. */
export class Turnstile {
  private running = 0;
  private readonly waiting: (() => void)[] = [];

  constructor(
    private readonly atOnce: number,
    private readonly mostWaiting: number,
  ) {}

  /** Nobody is in it. */
  get idle(): boolean {
    return this.running === 0;
  }

  /** The work's own end, or undefined, at once and without having begun, when too many wait already. */
  async pass<T>(work: () => Promise<T>): Promise<T | undefined> {
    if (this.running >= this.atOnce && this.waiting.length >= this.mostWaiting) return undefined;
    if (this.running >= this.atOnce) await new Promise<void>((turn) => this.waiting.push(turn));
    else this.running += 1;
    try {
      return await work();
    } finally {
      // Whoever waits takes the place over, so that nobody slips in between.
      const next = this.waiting.shift();
      if (next) next();
      else this.running -= 1;
    }
  }
}

/** A turnstile for each key, such as an address: whoever crowds one leaves the others free. */
export class Turnstiles {
  private readonly byKey = new Map<string, Turnstile>();

  constructor(
    private readonly atOnce: number,
    private readonly mostWaiting: number,
  ) {}

  /** As `Turnstile.pass`, at the one of this key. */
  async pass<T>(key: string, work: () => Promise<T>): Promise<T | undefined> {
    const turnstile = this.byKey.get(key) ?? new Turnstile(this.atOnce, this.mostWaiting);
    this.byKey.set(key, turnstile);
    try {
      return await turnstile.pass(work);
    } finally {
      if (turnstile.idle) this.byKey.delete(key);
    }
  }
}
