/**
 * One at a time per key: work handed in for the same key runs in the order it came, work for different keys side by
 * side. A failed piece of work does not stop the ones behind it.
 */
export class Lanes {
  private readonly tails = new Map<string, Promise<unknown>>();

  /** Runs `work` after everything handed in earlier for `key`; resolves or rejects with its result. */
  run<T>(key: string, work: () => Promise<T>): Promise<T> {
    const before = this.tails.get(key) ?? Promise.resolve();
    const result = before.then(work, work);
    const tail: Promise<void> = result.then(
      () => this.leave(key, tail),
      () => this.leave(key, tail),
    );
    this.tails.set(key, tail);
    return result;
  }

  /** Resolves when these lanes are empty, as far as they are now; all: for an orderly stop. */
  async idle(which: (key: string) => boolean = () => true): Promise<void> {
    for (;;) {
      const busy = [...this.tails].filter(([key]) => which(key));
      if (busy.length === 0) return;
      await Promise.all(busy.map(([, tail]) => tail));
    }
  }

  private leave(key: string, tail: Promise<unknown>): void {
    if (this.tails.get(key) === tail) this.tails.delete(key);
  }
}
