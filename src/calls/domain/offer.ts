import { refuse } from '../../kernel/refusal.js';
import { isFirstAnswer } from './agent-number.js';
import { type CallModel, isOpen } from './call-model.js';
import { because, type Decision, tell } from './decision.js';
import { waitingPlace } from './waiting-place.js';

export interface Offer {
  agentId: string;
  agentNumber: string;
  handlingId: string;
  /** The policy has the agent's number said before the connection. */
  announceNumber: boolean;
}

/** Offers a waiting call to the agent that routing reserved for it; refused when the call no longer waits. */
export function offerCall(call: CallModel, offer: Offer, now: number): Decision {
  const place = waitingPlace(call);
  const alreadyIn = call.handlings.some((each) => isOpen(each) && each.agentId === offer.agentId);
  if (!place || alreadyIn) {
    return because(refuse('call.not-allowed-now', { state: call.state }));
  }
  const { agentId, agentNumber, handlingId, announceNumber } = offer;
  return {
    facts: [
      tell(now, 'system', 'ring.offered', {
        handlingId,
        agentId,
        agentNumber,
        legId: `agent-${handlingId}`,
        attempt: call.attempts + 1,
        ...(place.transferId ? { transferId: place.transferId } : {}),
        ...(announceNumber && isFirstAnswer(call) ? { announceNumber: true as const } : {}),
      }),
    ],
  };
}
