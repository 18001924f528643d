const firstMs = 500;
const longestMs = 3_000;

/** How long to wait before try number `attempt` (from 0): doubling, bounded, spread so that not all come at once. */
export function backOffMs(attempt: number, random: () => number = Math.random): number {
  const plain = Math.min(longestMs, firstMs * 2 ** attempt);
  return Math.round(plain * (0.75 + random() * 0.5));
}
