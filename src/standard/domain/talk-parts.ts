import type { Speaker, TimelineEvent, TimelineEventOf } from '../../contracts/timeline.js';
import type { EndEvent } from './handling-ending.js';
import { is, msOf } from './timeline-facts.js';

/** Somebody spoke; `untilMs` null while it goes on. */
export interface Speech {
  readonly who: Speaker;
  readonly event: TimelineEvent;
  readonly fromMs: number;
  readonly untilMs: number | null;
}

/** A wait of the customer: asked for at the desk (`granted`), or made by the phone itself (`byPhone`). */
export interface Hold {
  readonly event: TimelineEvent;
  readonly granted: TimelineEventOf<'hold.granted'> | undefined;
  readonly byPhone: boolean;
  readonly fromMs: number;
  /** Null while it runs. */
  readonly untilMs: number | null;
  /** Set when the agent came back; a hold that ended because the customer left has none. */
  readonly resumed: TimelineEvent | undefined;
}

/** The agent's phone had gone without the agent's will: no time of the agent's. */
export interface Away {
  readonly fromMs: number;
  /** Null while it lasts. */
  readonly untilMs: number | null;
}

/** When the agent was away, by a handling's facts. */
export function awaysOf(own: readonly TimelineEvent[], end: EndEvent | undefined): Away[] {
  return own.flatMap((event) => {
    if (!is(event, 'agent.away')) return [];
    const back = own.find((later) => later.seq > event.seq && is(later, 'agent.back'));
    const over = back ?? end;
    return [{ fromMs: msOf(event), untilMs: over ? msOf(over) : null }];
  });
}

/** Who spoke when, by a handling's facts. */
export function speechesOf(own: readonly TimelineEvent[]): Speech[] {
  return own.flatMap((event) => {
    if (!is(event, 'speech.started')) return [];
    const { who } = event.data;
    const stop = own.find(
      (later) =>
        later.seq > event.seq &&
        ((is(later, 'speech.ended') && later.data.who === who) ||
          // Whose phone has gone is heard no more.
          (who === 'agent' && is(later, 'agent.away'))),
    );
    return [{ who, event, fromMs: msOf(event), untilMs: stop ? msOf(stop) : null }];
  });
}

/** The customer's waits, by a handling's facts. */
export function holdsOf(own: readonly TimelineEvent[], end: EndEvent | undefined): Hold[] {
  return own.flatMap((event) => {
    if (!is(event, 'hold.started', 'hold.by-device')) return [];
    // What the engine tells after the agent has hung up is no wait of the customer.
    if (end && event.seq > end.seq) return [];
    const byPhone = event.kind === 'hold.by-device';
    const holdId = byPhone ? undefined : event.data.holdId;
    const matches = (other: TimelineEvent) => 'holdId' in other.data && other.data.holdId === holdId;
    const stop = own.find(
      (later) =>
        later.seq > event.seq &&
        (byPhone ? is(later, 'hold.by-device-ended') : is(later, 'hold.ended') && matches(later)),
    );
    // The record closes a running hold with the call, at the call's end: nobody came back from that one.
    const resumed = stop && (!end || msOf(stop) < msOf(end)) ? stop : undefined;
    const over = resumed ?? end ?? stop;
    const granted = own.find(
      (earlier): earlier is TimelineEventOf<'hold.granted'> =>
        !byPhone && earlier.seq < event.seq && is(earlier, 'hold.granted') && matches(earlier),
    );
    const fromMs = msOf(event);
    const untilMs = over ? Math.max(fromMs, msOf(over)) : null;
    return [{ event, granted, byPhone, fromMs, untilMs, resumed }];
  });
}
