import type { TimelineEvent, TimelineEventOf } from '../../contracts/timeline.js';
import type { Hold } from './talk-parts.js';
import { firstOf, is, msOf } from './timeline-facts.js';

const settlings = ['transfer.completed', 'transfer.merged', 'transfer.withdrawn', 'transfer.failed'] as const;

/** One transfer or invitation that this handling's agent made. */
export interface Transfer {
  /** Undefined: it came without the customer having been asked. */
  readonly requested: TimelineEventOf<'transfer.requested'> | undefined;
  readonly answered: TimelineEvent | undefined;
  /** What came of it; undefined while it is under way. */
  readonly settled: TimelineEventOf<(typeof settlings)[number]> | undefined;
  /** The customer's waits for it, in order. */
  readonly waits: readonly Hold[];
}

/** The transfers among a handling's facts. */
export function transfersOf(own: readonly TimelineEvent[], holds: readonly Hold[]): Transfer[] {
  const ids = own.flatMap((event) =>
    event.kind.startsWith('transfer.') && 'transferId' in event.data ? [event.data.transferId] : [],
  );
  return [...new Set(ids)].map((transferId) => {
    const about = own.filter((event) => 'transferId' in event.data && event.data.transferId === transferId);
    return {
      requested: firstOf(about, 'transfer.requested'),
      answered: firstOf(about, 'transfer.answered'),
      settled: firstOf(about, ...settlings),
      waits: holds.filter(({ granted }) => granted?.data.transferId === transferId),
    };
  });
}

/** Nothing came of it and the agent is still there: the customer is due back with them. */
export function givenBack({ settled }: Transfer): boolean {
  if (!settled) return false;
  if (is(settled, 'transfer.failed')) {
    return !['customer-left', 'initiator-left', 'initiator-away'].includes(settled.data.why);
  }
  return is(settled, 'transfer.withdrawn');
}

/** How long after the transfer came to nothing the customer was with the agent again; null: they never were. */
export function backAfterMs({ settled, waits }: Transfer): number | null {
  const last = waits.at(-1);
  if (!settled || !last) return 0;
  if (last.untilMs !== null && last.untilMs <= msOf(settled)) return 0;
  return last.resumed ? msOf(last.resumed) - msOf(settled) : null;
}
