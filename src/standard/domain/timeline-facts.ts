import type { FactKind, TimelineEvent, TimelineEventOf } from '../../contracts/timeline.js';

/** When it happened, ms since the epoch. */
export const msOf = (event: TimelineEvent): number => Date.parse(event.at);

/** True for a fact of one of these kinds. */
export const is = <K extends FactKind>(
  event: TimelineEvent,
  ...kinds: readonly K[]
): event is TimelineEventOf<K> => (kinds as readonly string[]).includes(event.kind);

/** The first fact of that kind. */
export const firstOf = <K extends FactKind>(
  events: readonly TimelineEvent[],
  ...kinds: readonly K[]
): TimelineEventOf<K> | undefined => events.find((event): event is TimelineEventOf<K> => is(event, ...kinds));
