import type { TimelineEvent, TimelineEventOf } from '../../contracts/timeline.js';
import { is, msOf } from './timeline-facts.js';

/** The customer went on with somebody else: by a transfer, a conference that this agent left, or a lead's take-over. */
const passingOn = ['transfer.completed', 'charge.passed', 'customer.handed-over', 'member.left'] as const;
export type PassedOn = TimelineEventOf<(typeof passingOn)[number]>;

/** Facts that end an agent's part; the first of them after the answer is the end of the handling. */
export type EndEvent =
  | TimelineEventOf<'customer.left' | 'hang-up.carried-out' | 'agent.lost' | 'consult.ended' | 'call.ended'>
  | PassedOn;

/** True when the customer stayed and others went on with them. */
export const isPassedOn = (end: EndEvent): end is PassedOn => is(end, ...passingOn);

/** `own`: the facts about the handling; `answered`: from when there is something to end. */
export function endOf(
  timeline: readonly TimelineEvent[],
  own: readonly TimelineEvent[],
  answered: TimelineEvent,
  handlingId: string,
): EndEvent | undefined {
  const ends = timeline.filter(
    (event): event is EndEvent =>
      event.seq > answered.seq &&
      (is(event, 'customer.left', 'call.ended') ||
        (is(event, 'charge.passed') && event.data.fromHandlingId === handlingId) ||
        (own.includes(event) &&
          is(
            event,
            'hang-up.carried-out',
            'agent.lost',
            'consult.ended',
            'transfer.completed',
            'customer.handed-over',
            'member.left',
          ))),
  );
  // A fact may be written after one that happened later: who was first is told by the engine's time, not by the order.
  const [first] = ends.toSorted((a, b) => msOf(a) - msOf(b) || a.seq - b.seq);
  // An agent's phone may go at the moment when others go on with the customer: then nobody lost anybody.
  const together = ends.filter((event) => first && msOf(event) === msOf(first));
  return together.find((event) => isPassedOn(event)) ?? first;
}
