import type { TimelineEventOf } from '../../contracts/timeline.js';
import type { ArrivedLeg } from '../../telephony/port/engine-event.js';
import { iso, type Told, tell } from './decision.js';

/**
 * How a call begins. A party that had to wait outside came when it called: what it heard until `at` nobody watched.
 * `queue`: where the dialled number leads; undefined for a number that is none of the house's; `led`: by which flow the caller is led before it.
 */
export function arrivalFacts(
  { at, leg, node }: { at: number; leg: ArrivedLeg; node: string },
  queue: { id: string; name: string } | undefined,
  policyVersion: number,
  led: Pick<TimelineEventOf<'call.arrived'>['data'], 'flow' | 'returnQueue'>,
): Told[] {
  const since = leg.waitedSince ?? at;
  const arrived = tell(since, 'engine', 'call.arrived', {
    direction: 'inbound',
    channel: leg.deviceId ? 'web' : 'trunk',
    fromNumber: leg.fromNumber,
    fromName: leg.fromName,
    dialled: leg.dialled,
    legId: leg.legId,
    node,
    policyVersion,
    serviceName: queue?.name ?? '',
    ...led,
  });
  const unwatched = leg.waitedSince === undefined ? [] : [gap(since, at)];
  const turnedAway = queue ? [] : [tell(at, 'system', 'call.turned-away', { why: 'unknown-number' })];
  return [arrived, ...unwatched, ...turnedAway];
}

/** A stretch that nobody watched. */
export const gap = (from: number, until: number): Told =>
  tell(until, 'system', 'engine.gap', { from: iso(from), until: iso(until) });
