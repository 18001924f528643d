import type { TimelineEvent } from '@contracts/timeline';

export const laneIds = ['ring', 'talk', 'hold', 'customer', 'agent'] as const;
export type LaneId = (typeof laneIds)[number];

/** A stretch of a lane, in ms of the recording (negative: before its first sample). */
export interface Span {
  lane: LaneId;
  fromMs: number;
  untilMs: number;
  /** Events it rests on. */
  seqs: number[];
  /** A hold's promised end; null for other spans and for holds nobody promised. */
  limitMs: number | null;
  tone: 'normal' | 'over' | 'breach';
}

/** A moment worth a line across all lanes. */
export interface Mark {
  atMs: number;
  seq: number;
  what: 'answer' | 'hang-up' | 'end';
}

export interface Axis {
  fromMs: number;
  untilMs: number;
}

export interface ReviewLanes {
  axis: Axis;
  spans: Span[];
  marks: Mark[];
}

interface Open {
  lane: LaneId;
  at: number;
  seq: number;
  limitMs: number | null;
}

const isOf = (event: TimelineEvent, handlingId: string): boolean =>
  !('handlingId' in event.data) || event.data.handlingId === handlingId;

const laneOpenedBy: Partial<Record<TimelineEvent['kind'], LaneId>> = {
  'ring.started': 'ring',
  'talk.started': 'talk',
  'hold.started': 'hold',
  'hold.by-device': 'hold',
};
const laneClosedBy: Partial<Record<TimelineEvent['kind'], LaneId>> = {
  'ring.answered': 'ring',
  'ring.missed': 'ring',
  'ring.cancelled': 'ring',
  'hold.ended': 'hold',
  'hold.by-device-ended': 'hold',
};
const laneOf = (
  event: TimelineEvent,
  table: Partial<Record<TimelineEvent['kind'], LaneId>>,
  speech: string,
) => (event.kind === speech && 'who' in event.data ? event.data.who : table[event.kind]);

const markOf: Partial<Record<TimelineEvent['kind'], Mark['what']>> = {
  'ring.answered': 'answer',
  'hang-up.requested': 'hang-up',
  'call.ended': 'end',
};

/**
 * Lays one handling's facts along the recording's axis: place = event's time − recording's start. A stretch that never
 * ended ends with the call, or with the last known fact.
 */
export function layLanes(
  timeline: readonly TimelineEvent[],
  handlingId: string,
  startedAt: string,
  durationMs: number,
): ReviewLanes {
  const origin = Date.parse(startedAt);
  const place = (event: TimelineEvent) => Date.parse(event.at) - origin;
  const own = timeline.filter((event) => isOf(event, handlingId));
  const open = new Map<LaneId, Open>();
  const promised = new Map<string, number>();
  const spans: Span[] = [];
  const marks: Mark[] = [];

  const close = (lane: LaneId, untilMs: number, seq: number | null) => {
    const begun = open.get(lane);
    if (begun === undefined) return;
    open.delete(lane);
    spans.push(spanFrom(begun, untilMs, seq));
  };

  for (const event of own) {
    const atMs = place(event);
    if (event.kind === 'hold.granted') promised.set(event.data.holdId, event.data.limitMs);
    const closes = laneOf(event, laneClosedBy, 'speech.ended');
    if (closes) close(closes, atMs, event.seq);
    // The agent leaves for the hold, or their phone went: nobody reports the end of what was being said.
    if (event.kind === 'hold.started' || event.kind === 'agent.away') close('agent', atMs, event.seq);
    const opens = laneOf(event, laneOpenedBy, 'speech.started');
    if (opens && !open.has(opens)) {
      const limit = event.kind === 'hold.started' ? promised.get(event.data.holdId) : undefined;
      open.set(opens, {
        lane: opens,
        at: atMs,
        seq: event.seq,
        limitMs: limit === undefined ? null : atMs + limit,
      });
    }
    const what = markOf[event.kind];
    if (what) marks.push({ atMs, seq: event.seq, what });
    if (event.kind === 'call.ended' || event.kind === 'agent.lost' || event.kind === 'customer.left') {
      for (const lane of [...open.keys()]) close(lane, atMs, event.seq);
    }
  }
  const lastMs = Math.max(
    durationMs,
    ...spans.map((span) => span.untilMs),
    ...marks.map((mark) => mark.atMs),
    1,
  );
  for (const lane of [...open.keys()]) close(lane, lastMs, null);
  const firstMs = Math.min(0, ...spans.map((span) => span.fromMs));
  return { axis: { fromMs: firstMs, untilMs: lastMs }, spans, marks };
}

function spanFrom(begun: Open, untilMs: number, seq: number | null): Span {
  const over = begun.limitMs !== null && untilMs > begun.limitMs;
  const unasked = begun.lane === 'hold' && begun.limitMs === null;
  return {
    lane: begun.lane,
    fromMs: begun.at,
    untilMs,
    seqs: seq === null ? [begun.seq] : [begun.seq, seq],
    limitMs: begun.limitMs,
    tone: unasked ? 'breach' : over ? 'over' : 'normal',
  };
}

/** Share of the axis, 0–1, kept inside it. */
export function along(axis: Axis, atMs: number): number {
  const share = (atMs - axis.fromMs) / (axis.untilMs - axis.fromMs);
  return Math.min(1, Math.max(0, share));
}

/** The place under a share of the axis. */
export function placeAt(axis: Axis, share: number): number {
  return axis.fromMs + Math.min(1, Math.max(0, share)) * (axis.untilMs - axis.fromMs);
}

/** Round steps for the ruler: about `wanted` of them. */
export function rulerSteps(axis: Axis, wanted: number): number[] {
  const sizes = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 1800, 3600].map((seconds) => seconds * 1000);
  const length = axis.untilMs - axis.fromMs;
  const size = sizes.find((one) => length / one <= wanted) ?? 3_600_000;
  const steps: number[] = [];
  for (let at = Math.ceil(axis.fromMs / size) * size; at <= axis.untilMs; at += size) steps.push(at);
  return steps;
}
