import type { FactKind, TimelineEvent } from '../../contracts/timeline.js';
import type { ExistingLeg } from '../../telephony/port/engine-event.js';
import { replay } from './advance.js';
import { type CallModel, legsOf, roomOf } from './call-model.js';
import { engineLost } from './call-parts.js';
import type { Directive } from './directive.js';
import type { LegEvent } from './leg-event.js';
import { type Place, wantedPlaces } from './wanted.js';

/** How each leg of the call stands at the engine; legs that have gone are not there. */
export type Standing = ReadonlyMap<string, ExistingLeg>;

/** Cause of what ended while nobody was connected. */
const unwatched = 'unwatched';

/** Facts after which a leg may be in another place than before. */
const moves: ReadonlySet<FactKind> = new Set([
  'line.opened',
  'queue.entered',
  'waiting.started',
  'ring.answered',
  'agent-number.ended',
  'talk.started',
  'hold.granted',
  'hold.started',
  'hold.resume-requested',
  'hold.ended',
  'agent.lost',
  'agent.away',
  'agent.back',
  'agent.moved',
  'transfer.requested',
  'transfer.answered',
  'transfer.swapped',
  'transfer.completed',
  'transfer.merged',
  'transfer.withdrawn',
  'transfer.failed',
  'consult.started',
  'consult.ended',
  'charge.passed',
  'customer.handed-over',
  'member.joined',
  'member.left',
  'help.took-over',
]);

/** How many facts the call had when the engine listed its legs. Their order is their number: a fact may be told late. */
function knownAt(timeline: readonly TimelineEvent[], at: number): number {
  const later = timeline.findIndex((fact) => Date.parse(fact.at) > at);
  return later < 0 ? timeline.length : later;
}

/** The call as it was when the engine listed its legs; undefined for one that is younger. */
export function callAt(timeline: readonly TimelineEvent[], at: number): CallModel | undefined {
  return replay(timeline.slice(0, knownAt(timeline, at))) ?? undefined;
}

/** Whether the list is out of date as to where the legs are: people go on with a call while it is compared with a list. */
export function movedOnSince(timeline: readonly TimelineEvent[], at: number): boolean {
  return timeline.slice(knownAt(timeline, at)).some(({ kind }) => moves.has(kind));
}

/**
 * Whether an event that follows from a list is overtaken by what the call knows now: a hold that began meanwhile must not
 * be taken back. To be asked when the event's turn in the call has come, since a command may be before it.
 */
export function overtaken(event: LegEvent, timeline: readonly TimelineEvent[], at: number): boolean {
  const saysWhere = event.kind === 'leg.connected' || event.kind === 'leg.waiting';
  return saysWhere && movedOnSince(timeline, at);
}

/**
 * Legs of the call that are gone, as if each had just ended, the customer's first. `engineSince`: when the engine itself
 * started. A call that is older was lost with it; of another the customer alone can have hung up, since nobody was there to
 * end the leg. Whether an agent's leg went by their will nobody knows.
 */
export function missing(call: CallModel, legs: Standing, engineSince: number, at: number): LegEvent[] {
  const lost = engineSince > call.arrivedAt;
  return legsOf(call)
    .filter((legId) => !legs.has(legId))
    .filter((legId) => !(legId === call.arrival.legId && call.dial?.startedAt === null))
    .map((legId) => ({
      kind: 'leg.ended',
      legId,
      at,
      by: lost || legId !== call.arrival.legId ? 'engine' : 'remote',
      cause: lost ? engineLost : unwatched,
    }));
}

/** What happened to the legs that are there and was told to nobody. Events that add nothing are dropped by the call. */
export function untold(call: CallModel, legs: Standing, at: number): LegEvent[] {
  return legsOf(call).flatMap((legId): LegEvent[] => {
    const leg = legs.get(legId);
    if (!leg) return [];
    const first: LegEvent = { kind: leg.state === 'up' ? 'leg.answered' : 'leg.ringing', at, legId };
    if (leg.roomId === roomOf(call)) return [first, { kind: 'leg.connected', at, legId, roomId: leg.roomId }];
    // Whoever waits in the queue has been told to wait already.
    const holds = leg.waiting && legId === call.arrival.legId && call.state === 'talking';
    return holds ? [first, { kind: 'leg.waiting', at, legId }] : [first];
  });
}

/** What brings every leg from where the engine has it to where it should be: what was not done, because the process died or the engine was away. */
export function undone(call: CallModel, legs: Standing): Directive[] {
  const roomId = roomOf(call);
  const outside: string[] = [];
  const moves = [...wantedPlaces(call)].flatMap(([legId, place]): Directive[] => {
    const leg = legs.get(legId);
    if (!leg) return [];
    if (place === 'gone') return [{ do: 'end-leg', legId }];
    if (place === 'arriving') return leg.state === 'up' ? [] : [{ do: 'open-line', legId }];
    // A phone that rings comes to its place when it answers.
    if (leg.state !== 'up') return [];
    if (place === 'waiting') return leg.waiting ? [] : [{ do: 'wait', legId }];
    if (place === 'room' && leg.roomId !== roomId) outside.push(legId);
    return [];
  });
  return outside.length > 0 ? [...moves, { do: 'connect', roomId, legIds: outside }] : moves;
}

/** What is left to do of a request to the engine that failed, as the call is now; undefined: nothing. */
export function stillWanted(call: CallModel, directive: Directive): Directive | undefined {
  const places = wantedPlaces(call);
  const wants = (legId: string, place: Place) => places.get(legId) === place;
  switch (directive.do) {
    case 'end-leg':
      return wants(directive.legId, 'gone') ? directive : undefined;
    case 'wait':
      return wants(directive.legId, 'waiting') ? directive : undefined;
    case 'open-line':
      return wants(directive.legId, 'arriving') ? directive : undefined;
    case 'listen':
    case 'whisper':
      return wants(directive.legId, directive.do) ? directive : undefined;
    case 'connect': {
      const legIds = directive.legIds.filter((legId) => wants(legId, 'room'));
      return legIds.length > 0 ? { ...directive, legIds } : undefined;
    }
    case 'start-recording':
      return call.customerLegAlive && call.recordingId === null ? directive : undefined;
    default:
      // A ring has its deadline; queues and presence are put right by the beat of convergence.
      return undefined;
  }
}
