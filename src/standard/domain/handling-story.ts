import type { TimelineEvent, TimelineEventOf } from '../../contracts/timeline.js';
import { type EndEvent, endOf } from './handling-ending.js';
import { type Away, awaysOf, type Hold, holdsOf, type Speech, speechesOf } from './talk-parts.js';
import { firstOf, is, msOf } from './timeline-facts.js';
import { type Transfer, transfersOf } from './transfer-story.js';

export interface Gap {
  readonly event: TimelineEvent;
  readonly fromMs: number;
  readonly untilMs: number;
}

/** An outbound call from this agent's desk: its pre-call sheet, and what became of it. */
export interface Dial {
  readonly prepared: TimelineEventOf<'dial.prepared'> | undefined;
  readonly started: TimelineEvent | undefined;
  readonly refused: TimelineEvent | undefined;
}

/** One handling read out of its call's timeline: what judges ask, found once. */
export interface HandlingStory {
  /** Set when this agent dialled the customer. */
  readonly dial: Dial | undefined;
  readonly offered: TimelineEvent | undefined;
  readonly ringing: TimelineEvent | undefined;
  /** The agent's phone was answered; of a lead who took the call over, that. */
  readonly answered: TimelineEvent | undefined;
  /** The agent's number was said to the customer: only now can the agent be heard. */
  readonly numberSaid: TimelineEvent | undefined;
  readonly missed: TimelineEventOf<'ring.missed'> | undefined;
  readonly cancelled: TimelineEvent | undefined;
  /** Another agent asked this one, and the two talked. */
  readonly consulted: TimelineEvent | undefined;
  /** From here on the customer was with this agent. */
  readonly withCustomer: TimelineEvent | undefined;
  /** A colleague had the customer first, and asked this agent or was relieved by them. */
  readonly viaColleague: boolean;
  /** This agent became responsible for a customer who had been another's. */
  readonly charge: TimelineEventOf<'charge.passed'> | undefined;
  readonly talkStarted: TimelineEvent | undefined;
  readonly fileShown: TimelineEvent | undefined;
  readonly speeches: readonly Speech[];
  readonly holds: readonly Hold[];
  /** Waits that the customer did not agree to. */
  readonly declined: readonly TimelineEvent[];
  readonly transfers: readonly Transfer[];
  /** Transfers that the customer did not agree to. */
  readonly transfersDeclined: readonly TimelineEvent[];
  /** Each call for a lead with the fact that a lead had come, if one did. */
  readonly helpCalls: readonly { readonly called: TimelineEvent; readonly came: TimelineEvent | undefined }[];
  readonly end: EndEvent | undefined;
  readonly wrapUp: TimelineEventOf<'wrap-up.completed'> | undefined;
  readonly gaps: readonly Gap[];
  readonly aways: readonly Away[];
  /** The moment of judging; never before the last fact, whatever the clocks say. */
  readonly nowMs: number;
}

/** Reads one handling out of the timeline. Throws when the timeline knows no such handling. */
export function readHandling(
  timeline: readonly TimelineEvent[],
  handlingId: string,
  asOf: number,
): HandlingStory {
  const own = timeline.filter((event) => 'handlingId' in event.data && event.data.handlingId === handlingId);
  if (own.length === 0) throw new Error(`the timeline knows no handling ${handlingId}`);
  const came = comingOf(own);
  const end = came.answered && endOf(timeline, own, came.answered, handlingId);
  const holds = holdsOf(own, end);
  // A customer who answers after the agent has hung up finds nobody.
  const tooLate = end && came.withCustomer && came.withCustomer.seq > end.seq;
  return {
    ...came,
    ...(tooLate && { withCustomer: undefined }),
    dial: dialOf(own),
    offered: firstOf(own, 'ring.offered'),
    ringing: firstOf(own, 'ring.started'),
    missed: firstOf(own, 'ring.missed'),
    cancelled: firstOf(own, 'ring.cancelled'),
    consulted: firstOf(own, 'consult.started'),
    talkStarted: own.findLast((event) => is(event, 'talk.started')),
    numberSaid: firstOf(own, 'agent-number.ended'),
    fileShown: firstOf(own, 'file.shown'),
    speeches: speechesOf(own),
    holds,
    declined: own.filter((event) => is(event, 'hold.declined')),
    transfers: transfersOf(own, holds),
    transfersDeclined: own.filter((event) => is(event, 'transfer.declined')),
    helpCalls: helpCallsOf(own),
    end,
    wrapUp: own.findLast((event): event is TimelineEventOf<'wrap-up.completed'> =>
      is(event, 'wrap-up.completed'),
    ),
    aways: awaysOf(own, end),
    gaps: timeline.flatMap((event) =>
      is(event, 'engine.gap')
        ? [{ event, fromMs: Date.parse(event.data.from), untilMs: Date.parse(event.data.until) }]
        : [],
    ),
    nowMs: timeline.reduce((latest, event) => Math.max(latest, msOf(event)), asOf),
  };
}

/** How the customer came to this agent, if they did. */
function comingOf(own: readonly TimelineEvent[]) {
  const charge = firstOf(own, 'charge.passed');
  const offered = firstOf(own, 'ring.offered');
  const answered = firstOf(own, 'ring.answered') ?? (offered ? undefined : charge);
  const asked = offered?.data.transferId !== undefined || !offered;
  if (asked) {
    const withCustomer = firstOf(own, 'charge.passed', 'member.joined');
    return { answered, charge, withCustomer, viaColleague: true };
  }
  const withCustomer = dialOf(own) ? firstOf(own, 'dial.answered') : answered;
  return { answered, charge, withCustomer, viaColleague: false };
}

function dialOf(own: readonly TimelineEvent[]): Dial | undefined {
  const prepared = firstOf(own, 'dial.prepared');
  const started = firstOf(own, 'dial.started');
  return prepared || started ? { prepared, started, refused: firstOf(own, 'dial.refused') } : undefined;
}

function helpCallsOf(own: readonly TimelineEvent[]): HandlingStory['helpCalls'] {
  const calls = own.filter((event) => is(event, 'help.called'));
  return calls.map((called, index) => {
    const until = calls[index + 1]?.seq ?? Number.POSITIVE_INFINITY;
    const came = own.find(
      (event) => event.seq > called.seq && event.seq < until && is(event, 'help.started'),
    );
    return { called, came };
  });
}

/** How much of the given stretch the agent's phone was away. */
export function awayWithin(story: HandlingStory, fromMs: number, untilMs: number): number {
  return story.aways.reduce((sum, away) => {
    const until = Math.min(untilMs, away.untilMs ?? story.nowMs);
    return sum + Math.max(0, until - Math.max(fromMs, away.fromMs));
  }, 0);
}

/** The first stretch within the given one of which nothing is known. */
export function gapWithin(story: HandlingStory, fromMs: number, untilMs: number): Gap | undefined {
  return story.gaps.find((gap) => gap.fromMs < untilMs && gap.untilMs > fromMs);
}
