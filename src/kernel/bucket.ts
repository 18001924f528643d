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
    const since = now - (this.at ?? now);
    this.at = now;
    this.left = Math.min(this.atOnce, this.left + (since / 1_000) * this.perSecond);
    if (this.left < 1) return false;
    this.left -= 1;
    return true;
  }
}
