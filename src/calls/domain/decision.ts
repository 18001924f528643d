import type { Fact, FactKind, FactOf, TimelineEvent } from '../../contracts/timeline.js';
import type { Refusal } from '../../kernel/refusal.js';

export type Source = TimelineEvent['source'];

/** A fact before it has its place in the timeline. `at`: ms since the epoch. */
export interface Told {
  at: number;
  source: Source;
  fact: Fact;
}

/** What a command or an event leads to: facts to append, and for a command possibly a refusal beside them. */
export interface Decision {
  facts: readonly Told[];
  refusal?: Refusal;
}

/** Builds a fact: `tell(at, 'engine', 'hold.started', { … })`. */
export function tell<K extends FactKind>(at: number, source: Source, kind: K, data: FactOf<K>['data']): Told {
  return { at, source, fact: { kind, data } as Fact };
}

export const nothing: Decision = { facts: [] };

export const because = (refusal: Refusal): Decision => ({ facts: [], refusal });

export const iso = (ms: number): string => new Date(ms).toISOString();
