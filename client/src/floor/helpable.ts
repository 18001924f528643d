import type { FloorCall } from '@contracts/floor';

/** An agent and a customer are in it: somebody can be helped. */
export function helpable({ state }: Pick<FloorCall, 'state'>): boolean {
  return state === 'talking' || state === 'held';
}
