import { setTimeout as wait } from 'node:timers/promises';

type Truthy<T> = Exclude<T, undefined | null | false | 0 | ''>;

/**
 * Asks again until the probe gives something truthy, and returns it. A probe that throws has not succeeded yet; what it
 * threw last is told when time is up.
 */
export async function eventually<T>(
  probe: () => T | Promise<T>,
  { withinMs = 5_000, everyMs = 25, what }: { withinMs?: number; everyMs?: number; what?: string } = {},
): Promise<Truthy<T>> {
  const deadline = Date.now() + withinMs;
  let last: unknown;
  for (;;) {
    try {
      const value = await probe();
      if (value) return value as Truthy<T>;
      last = value;
    } catch (error) {
      last = error;
    }
    if (Date.now() >= deadline)
      throw new Error(failureMessage(what ?? probe.toString(), withinMs, last), { cause: last });
    await wait(everyMs);
  }
}

function failureMessage(what: string, withinMs: number, last: unknown): string {
  const seen = last instanceof Error ? `it threw: ${last.message}` : `it gave: ${JSON.stringify(last)}`;
  return `not true within ${withinMs} ms: ${what}\nthe last time ${seen}`;
}
