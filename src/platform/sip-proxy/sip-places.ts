import { type Refusal, refuse } from '../../kernel/refusal.js';

/** A page that reconnects may open the next one before the last is seen closed. */
const perHolder = 4;

/**
 * The places on the way to the engine. One is taken before the engine is reached, so that those who wait there count as
 * well, and given back when both sides are closed.
 */
export class SipPlaces {
  private readonly held = new Map<string, number>();
  private takenInAll = 0;

  constructor(readonly most: number) {}

  get taken(): number {
    return this.takenInAll;
  }

  /** A place for the holder: call what comes back once, to give it back. */
  take(holder: string): (() => void) | Refusal {
    const held = this.held.get(holder) ?? 0;
    if (held >= perHolder) return refuse('request.too-many');
    if (this.takenInAll >= this.most) return refuse('service.unavailable');
    this.held.set(holder, held + 1);
    this.takenInAll += 1;
    return () => this.leave(holder);
  }

  private leave(holder: string): void {
    const others = (this.held.get(holder) ?? 1) - 1;
    if (others > 0) this.held.set(holder, others);
    else this.held.delete(holder);
    this.takenInAll -= 1;
  }
}
