const perSecond = 20;
const burst = 60;

/**
 * A bucket for each socket, refilled as time passes. In memory: a socket lives in one process, and its commands are too
 * many to ask Redis about each.
 */
export class SocketRate {
  private readonly buckets = new Map<string, { tokens: number; at: number }>();

  /** Takes one command from the socket's bucket; false, and nothing taken, when it is empty. */
  allows(socketId: string, now: number): boolean {
    const bucket = this.buckets.get(socketId) ?? { tokens: burst, at: now };
    const tokens = Math.min(burst, bucket.tokens + ((now - bucket.at) / 1_000) * perSecond);
    const allowed = tokens >= 1;
    this.buckets.set(socketId, { tokens: allowed ? tokens - 1 : tokens, at: now });
    return allowed;
  }

  forget(socketId: string): void {
    this.buckets.delete(socketId);
  }
}
