import type { FactKind, TimelineEvent } from '../../contracts/timeline.js';
import type { ExistingLeg } from '../../telephony/port/engine-event.js';
import { replay } from './advance.js';
import { activeHandling, type CallModel, handlingOf, legsOf, roomOf } from './call-model.js';
import { engineLost } from './call-parts.js';
import type { Directive } from './directive.js';
import type { LegEvent } from './leg-event.js';

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

/** What follows from the call's facts and was not done, because the process died or the engine was away. */
export function undone(call: CallModel, legs: Standing): Directive[] {
  const customer = legs.get(call.arrival.legId);
  if (!customer || !call.customerLegAlive || call.turnedAway || call.dial || call.transfer) return [];
  const { legId } = customer;
  if (customer.state !== 'up') return [{ do: 'open-line', legId }];
  const main = activeHandling(call);
  const awaited = main?.away || (main?.hold && !main.hold.resumeRequested);
  if (awaited || call.state === 'queued' || call.state === 'ringing')
    return customer.waiting ? [] : [{ do: 'wait', legId }];
  if (call.state !== 'talking' && call.state !== 'held') return [];
  // The customer hears the agent's number first.
  if (main?.announcesNumber && main.talkStartedAt === null) return [];
  const agentLeg = main && handlingOf(call, main.id)?.legId;
  const outside = [legId, agentLeg ?? ''].filter(
    (each) => legs.get(each) && legs.get(each)?.roomId !== roomOf(call),
  );
  return outside.length > 0 ? [{ do: 'connect', roomId: roomOf(call), legIds: outside }] : [];
}
