import { EngineUnavailable, type TelephonyEngine } from '../port/engine.js';

type Work<T> = (engine: TelephonyEngine) => Promise<T>;

/**
 * Asks every node. One that is away is left out (it is told again when it is back), unless all are; other failures throw.
 */
export async function onAllNodes<T>(engines: Iterable<TelephonyEngine>, work: Work<T>): Promise<T[]> {
  const answers = await Promise.allSettled([...engines].map(work));
  const failures = answers.flatMap((answer) => (answer.status === 'rejected' ? [answer.reason] : []));
  const bug = failures.find((reason) => !(reason instanceof EngineUnavailable));
  if (bug || (failures.length > 0 && failures.length === answers.length)) throw bug ?? failures[0];
  return answers.flatMap((answer) => (answer.status === 'fulfilled' ? [answer.value] : []));
}

/** The answer of the first node that can give it; otherwise throws, and rather that a node was away. */
export async function onAnyNode<T>(engines: Iterable<TelephonyEngine>, work: Work<T>): Promise<T> {
  const failures: unknown[] = [];
  for (const engine of engines) {
    try {
      return await work(engine);
    } catch (error) {
      failures.push(error);
    }
  }
  throw failures.find((error) => error instanceof EngineUnavailable) ?? failures[0];
}
