import type { FactKind, Speaker, TimelineEvent, TimelineEventOf } from '../../contracts/timeline.js';

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

export interface Gap {
  readonly event: TimelineEvent;
  readonly fromMs: number;
  readonly untilMs: number;
}

/** Facts that end an agent's talk; the first of them after the answer is the end of the handling. */
export type EndEvent = TimelineEventOf<'customer.left' | 'hang-up.carried-out' | 'agent.lost' | 'call.ended'>;

/** One handling read out of its call's timeline: what judges ask, found once. */
export interface HandlingStory {
  readonly direction: 'inbound' | 'outbound';
  readonly offered: TimelineEvent | undefined;
  readonly ringing: TimelineEvent | undefined;
  readonly answered: TimelineEvent | undefined;
  readonly missed: TimelineEventOf<'ring.missed'> | undefined;
  readonly cancelled: TimelineEvent | undefined;
  readonly fileShown: TimelineEvent | undefined;
  readonly speeches: readonly Speech[];
  readonly holds: readonly Hold[];
  readonly declined: readonly TimelineEvent[];
  readonly end: EndEvent | undefined;
  readonly wrapUp: TimelineEventOf<'wrap-up.completed'> | undefined;
  readonly gaps: readonly Gap[];
  /** The moment of judging; never before the last fact, whatever the clocks say. */
  readonly nowMs: number;
}

export const msOf = (event: TimelineEvent): number => Date.parse(event.at);

const is = <K extends FactKind>(event: TimelineEvent, ...kinds: readonly K[]): event is TimelineEventOf<K> =>
  (kinds as readonly string[]).includes(event.kind);

/** Reads one handling out of the timeline. Throws when the timeline knows no such handling. */
export function readHandling(
  timeline: readonly TimelineEvent[],
  handlingId: string,
  asOf: number,
): HandlingStory {
  const own = timeline.filter((event) => 'handlingId' in event.data && event.data.handlingId === handlingId);
  if (own.length === 0) throw new Error(`the timeline knows no handling ${handlingId}`);
  const first = <K extends FactKind>(kind: K, among: readonly TimelineEvent[] = own) =>
    among.find((event): event is TimelineEventOf<K> => is(event, kind));
  const answered = first('ring.answered');
  const cancelled = first('ring.cancelled');
  const end = answered && endOf(timeline, own, answered);
  return {
    direction: first('call.arrived', timeline)?.data.direction ?? 'inbound',
    offered: first('ring.offered'),
    ringing: first('ring.started'),
    answered,
    missed: first('ring.missed'),
    cancelled,
    fileShown: first('file.shown'),
    speeches: speechesOf(own),
    holds: holdsOf(own, end),
    declined: own.filter((event) => is(event, 'hold.declined')),
    end,
    wrapUp: own.findLast((event): event is TimelineEventOf<'wrap-up.completed'> =>
      is(event, 'wrap-up.completed'),
    ),
    gaps: timeline.flatMap((event) =>
      is(event, 'engine.gap')
        ? [{ event, fromMs: Date.parse(event.data.from), untilMs: Date.parse(event.data.until) }]
        : [],
    ),
    nowMs: timeline.reduce((latest, event) => Math.max(latest, msOf(event)), asOf),
  };
}

function endOf(timeline: readonly TimelineEvent[], own: readonly TimelineEvent[], answered: TimelineEvent) {
  const ends = timeline.filter(
    (event): event is EndEvent =>
      event.seq > answered.seq &&
      (is(event, 'customer.left', 'call.ended') ||
        (own.includes(event) && is(event, 'hang-up.carried-out', 'agent.lost'))),
  );
  // A fact may be written after one that happened later: who was first is told by the engine's time, not by the order.
  return ends.toSorted((a, b) => msOf(a) - msOf(b) || a.seq - b.seq)[0];
}

function speechesOf(own: readonly TimelineEvent[]): Speech[] {
  return own.flatMap((event) => {
    if (!is(event, 'speech.started')) return [];
    const { who } = event.data;
    const stop = own.find(
      (later) => later.seq > event.seq && is(later, 'speech.ended') && later.data.who === who,
    );
    return [{ who, event, fromMs: msOf(event), untilMs: stop ? msOf(stop) : null }];
  });
}

function holdsOf(own: readonly TimelineEvent[], end: EndEvent | undefined): Hold[] {
  return own.flatMap((event) => {
    if (!is(event, 'hold.started', 'hold.by-device')) return [];
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
    return [{ event, granted, byPhone, fromMs: msOf(event), untilMs: over ? msOf(over) : null, resumed }];
  });
}

/** The first stretch within the given one of which nothing is known. */
export function gapWithin(story: HandlingStory, fromMs: number, untilMs: number): Gap | undefined {
  return story.gaps.find((gap) => gap.fromMs < untilMs && gap.untilMs > fromMs);
}
