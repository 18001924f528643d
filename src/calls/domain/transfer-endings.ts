import type { FactOf } from '../../contracts/timeline.js';
import type { TransferFailure } from '../../contracts/transfer.js';
import { activeHandling, type CallModel, type HandlingModel, handlingOf, idsOf } from './call-model.js';
import { chargePassed, handedOver } from './charge.js';
import { type Source, type Told, tell } from './decision.js';

/** A running hold is closed in the record before what ends it. */
export function holdClosed(handling: HandlingModel, at: number): Told[] {
  const { hold } = handling;
  if (handling.phase !== 'held' || !hold) return [];
  const heldMs = Math.max(0, at - (hold.startedAt ?? at));
  return [tell(at, 'engine', 'hold.ended', { ...idsOf(handling), holdId: hold.id, heldMs })];
}

/** What facts about the transfer under way carry: the agent who asked. */
function transferIds(call: CallModel, { id, handlingId }: { id: string; handlingId: string }) {
  const agentId = handlingOf(call, handlingId)?.agentId ?? '';
  return { handlingId, agentId, transferId: id };
}

/** The customer who waited for a transfer is taken back by the agent who is responsible. */
export function customerBack(call: CallModel, at: number, source: Source = 'system'): Told[] {
  const main = activeHandling(call);
  if (!main?.hold || main.hold.resumeRequested) return [];
  return [tell(at, source, 'hold.resume-requested', { ...idsOf(main), holdId: main.hold.id })];
}

/** The target's part ends without the customer: its phone rings no more, or the two agents part. */
export function targetDismissed(call: CallModel, at: number): Told[] {
  const { transfer } = call;
  if (!transfer) return [];
  const target = transfer.targetHandlingId ? handlingOf(call, transfer.targetHandlingId) : undefined;
  if (target?.phase === 'offered' || target?.phase === 'ringing') {
    return [tell(at, 'system', 'ring.cancelled', idsOf(target))];
  }
  if (target?.phase === 'consulted') {
    return [tell(at, 'system', 'consult.ended', { ...idsOf(target), transferId: transfer.id })];
  }
  const party = call.parties.find(({ id, phase }) => id === transfer.partyId && phase !== 'gone');
  return party ? [tell(at, 'system', 'party.left', { partyId: party.id, by: 'agent' })] : [];
}

/**
 * Nothing comes of the transfer. The customer goes back to the agent, unless the agent or the customer is the one who
 * left.
 */
export function transferFailed(call: CallModel, at: number, why: TransferFailure): Told[] {
  const { transfer } = call;
  if (!transfer) return [];
  const back = why === 'initiator-left' || why === 'customer-left' ? [] : customerBack(call, at);
  const failed = tell(at, 'system', 'transfer.failed', { ...transferIds(call, transfer), why });
  return [failed, ...targetDismissed(call, at), ...back];
}

/**
 * The customer goes to the target, who has answered; the agent who asked is out of it. Wrap-up of that agent is told by
 * the caller, whose reason for going it knows.
 */
export function transferCompleted(
  call: CallModel,
  at: number,
  how: FactOf<'transfer.completed'>['data']['how'],
): Told[] {
  const { transfer } = call;
  const initiator = transfer ? handlingOf(call, transfer.handlingId) : undefined;
  if (!transfer || !initiator) return [];
  const done = [
    ...holdClosed(initiator, at),
    tell(at, how === 'by-agent' ? 'agent' : 'system', 'transfer.completed', {
      ...transferIds(call, transfer),
      how,
    }),
  ];
  const target = transfer.targetHandlingId ? handlingOf(call, transfer.targetHandlingId) : undefined;
  if (!target) return [...done, ...handedOver(call, initiator, transfer.partyId ?? '', at)];
  return [
    ...done,
    ...chargePassed(call, initiator, target, at, 'transfer'),
    // A customer who had been swapped in is in the room already: nobody will tell that they come.
    ...(call.state === 'talking' ? [tell(at, 'system', 'talk.started', idsOf(target))] : []),
  ];
}
