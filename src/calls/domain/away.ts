import type { AwayReason, FactOf } from '../../contracts/timeline.js';
import { type CallModel, customerIsHeld, type HandlingModel, idsOf, inTalk } from './call-model.js';
import { type Told, tell } from './decision.js';
import { agentGone, hasSuccessor } from './endings.js';
import { transferFailed } from './transfer-endings.js';

/*
 * A customer's call ends only when a person ends it. The responsible agent whose phone goes without the agent's will is
 * awaited: the customer waits with music and a word, and the phone is rung again as soon as it is back.
 *
 *   with the customer ──agent.away──▶ away ──agent.recalled──▶ rung again ──agent.back──▶ with the customer
 *          │                           │ ▲──agent.recall-failed──┘
 *          │                           └── the limit ──▶ agent.lost, front of the queue
 *          └──agent.recalled (on another phone of theirs)──agent.moved──▶ with the customer, without a break
 */

/** Says to the customer that the agent comes back; the file lives with the engine's sounds. */
export const reconnectingSound = 'sanling/reconnecting';

const lostBy = {
  'page-gone': 'device-lost',
  'device-lost': 'device-lost',
  'no-media': 'device-lost',
  engine: 'engine',
} as const satisfies Record<AwayReason, FactOf<'agent.lost'>['data']['why']>;

/** Nobody else could go on with the customer at once, so the agent is worth waiting for. */
function isAwaited(call: CallModel, handling: HandlingModel): boolean {
  if (!inTalk(handling) || handling.id !== call.mainId || call.state === 'dialling') return false;
  const answeredTarget = call.transfer !== null && call.transfer.answeredAt !== null;
  return !answeredTarget && !hasSuccessor(call);
}

/** The agent's phone is gone without the agent's will: the agent is awaited, unless somebody else goes on at once. */
export function agentAway(call: CallModel, handling: HandlingModel, at: number, why: AwayReason): Told[] {
  if (!call.customerLegAlive || handling.away) return [];
  if (handling.hangUpCarriedOut && handling.id === call.mainId) return [];
  if (!isAwaited(call, handling)) return agentGone(call, handling, at, lostBy[why]);
  const ids = idsOf(handling);
  const waits = call.transfer === null && customerIsHeld(handling);
  const promptId = `prompt-${call.id}-${call.promptsPlayed + 1}`;
  return [
    // A wish to hang up was made to somebody who is not there to withdraw it any more.
    ...(handling.hangUp ? [tell(at, 'system', 'hang-up.withdrawn', ids)] : []),
    ...(handling.heldByDevice ? [tell(at, 'engine', 'hold.by-device-ended', ids)] : []),
    ...transferFailed(call, at, 'initiator-away'),
    tell(at, 'engine', 'agent.away', { ...ids, why }),
    ...(waits ? [] : [tell(at, 'system', 'prompt.started', { promptId, sound: reconnectingSound })]),
  ];
}

/** The agent's phone is there (again): it is rung for the running talk, or instead of the one that rings in vain. */
export function recallAgent(call: CallModel, handling: HandlingModel, at: number): Told[] {
  if (handling.phase === 'offered' || handling.phase === 'ringing') {
    return [tell(at, 'system', 'ring.moved', { ...idsOf(handling), legId: `agent-${crypto.randomUUID()}` })];
  }
  const here = handling.phase === 'consulted' || inTalk(handling);
  if (!here || !call.customerLegAlive || call.state === 'dialling' || handling.hangUpCarriedOut) return [];
  const recalled = { ...idsOf(handling), legId: `agent-${crypto.randomUUID()}` };
  return [...recallFailed(handling, at, 'unreachable'), tell(at, 'system', 'agent.recalled', recalled)];
}

/** The ring for the running talk came to nothing; the next one, or the limit, leads on. */
export function recallFailed(
  handling: HandlingModel,
  at: number,
  why: FactOf<'agent.recall-failed'>['data']['why'],
): Told[] {
  const { recallLegId: legId } = handling;
  return legId === null
    ? []
    : [tell(at, 'engine', 'agent.recall-failed', { ...idsOf(handling), legId, why })];
}

/** The phone that was rung for the running talk answered. */
export function recallAnswered(handling: HandlingModel, at: number): Told[] {
  const { recallLegId: legId, away } = handling;
  if (legId === null || !(handling.phase === 'consulted' || inTalk(handling))) return [];
  const ids = { ...idsOf(handling), legId };
  return away
    ? [tell(at, 'engine', 'agent.back', { ...ids, awayMs: Math.max(0, at - away.since) })]
    : [tell(at, 'engine', 'agent.moved', ids)];
}
