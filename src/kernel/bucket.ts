/** So many at once, and so many a second after that. In memory: for what lives in one process, a connection say. */
export class Bucket {
  private left: number;
  private at: number | undefined;

  constructor(
    private readonly perSecond: number,
    private readonly atOnce: number,
  ) {
    this.left = atOnce;
  }

  /** Takes one; false, and nothing taken, when none is left. `now` in ms. */
  take(now: number): boolean {
    this.refill(now);
    if (this.left < 1) return false;
    this.left -= 1;
    return true;
  }

  isFull(now: number): boolean {
    this.refill(now);
    return this.left === this.atOnce;
  }

  private refill(now: number): void {
    // A clock that is set back fills nothing and takes nothing away.
    const sinceMs = Math.max(0, now - (this.at ?? now));
    this.at = now;
    this.left = Math.min(this.atOnce, this.left + (sinceMs / 1_000) * this.perSecond);
  }
}
