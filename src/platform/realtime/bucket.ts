/** So many at once, refilled as time passes. */
export class Bucket {
  private tokens: number;

  constructor(
    private readonly burst: number,
    private readonly perSecond: number,
    private at: number,
  ) {
    this.tokens = burst;
  }

  /** Takes one; false, and nothing taken, when it is empty. */
  takes(now: number): boolean {
    this.refill(now);
    if (this.tokens < 1) return false;
    this.tokens -= 1;
    return true;
  }

  isFull(now: number): boolean {
    this.refill(now);
    return this.tokens === this.burst;
  }

  private refill(now: number): void {
    // A clock that is set back fills nothing and takes nothing away.
    const passedMs = Math.max(0, now - this.at);
    this.tokens = Math.min(this.burst, this.tokens + (passedMs / 1_000) * this.perSecond);
    this.at = now;
  }
}
