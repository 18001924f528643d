import type { EndedBy, FactOf } from '../../contracts/timeline.js';
import { activeHandling, type CallModel, type HandlingModel, idsOf } from './call-model.js';
import { type Source, type Told, tell } from './decision.js';

/** A running hold is closed in the record before what ends it. */
function holdClosed(handling: HandlingModel, at: number): Told[] {
  const { hold } = handling;
  if (handling.phase !== 'held' || !hold) return [];
  const heldMs = Math.max(0, at - (hold.startedAt ?? at));
  return [tell(at, 'engine', 'hold.ended', { ...idsOf(handling), holdId: hold.id, heldMs })];
}

const answered = (handling: HandlingModel) => handling.phase === 'talking' || handling.phase === 'held';

/** The customer's leg has gone: whatever was going on ends, an answered handling goes into wrap-up. */
export function customerGone(call: CallModel, at: number, by: EndedBy, cause: string): Told[] {
  if (!call.customerLegAlive) return [];
  const handling = activeHandling(call);
  const before = handling ? holdClosed(handling, at) : [];
  const left = tell(at, by === 'customer' ? 'customer' : 'engine', 'customer.left', { by, cause });
  const after: Told[] = [];
  if (handling && answered(handling)) after.push(tell(at, 'system', 'wrap-up.started', idsOf(handling)));
  else if (handling) after.push(tell(at, 'system', 'ring.cancelled', idsOf(handling)));
  return [...before, left, ...after, tell(at, 'system', 'call.ended', { by, cause })];
}

/**
 * The agent is gone and the customer is still there. Nobody but a person ends a customer's call: the customer goes back
 * to the front of the queue and hears music meanwhile.
 */
export function agentGone(
  call: CallModel,
  handling: HandlingModel,
  at: number,
  why: FactOf<'agent.lost'>['data']['why'],
): Told[] {
  if (!answered(handling) || !call.customerLegAlive || !call.queue) return [];
  const source: Source = why === 'left' ? 'agent' : 'engine';
  return [
    ...holdClosed(handling, at),
    tell(at, source, 'agent.lost', { ...idsOf(handling), why }),
    tell(at, 'system', 'wrap-up.started', idsOf(handling)),
    tell(at, 'system', 'queue.entered', {
      queueId: call.queue.id,
      queueName: call.queue.name,
      front: true,
    }),
  ];
}

/** The ring ends without an answer of this agent. */
export function ringMissed(
  handling: HandlingModel,
  at: number,
  source: Source,
  why: FactOf<'ring.missed'>['data']['why'],
): Told[] {
  if (handling.phase !== 'offered' && handling.phase !== 'ringing') return [];
  return [tell(at, source, 'ring.missed', { ...idsOf(handling), why })];
}
