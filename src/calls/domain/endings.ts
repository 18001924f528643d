import type { EndedBy, FactOf } from '../../contracts/timeline.js';
import type { TransferFailure } from '../../contracts/transfer.js';
import {
  activeHandling,
  type CallModel,
  type HandlingModel,
  helpers,
  idsOf,
  inTalk,
  memberHandlings,
  memberParties,
} from './call-model.js';
import { chargePassed, handedOver, tookOver } from './charge.js';
import { type Source, type Told, tell } from './decision.js';
import { helpEnded } from './help-facts.js';
import { holdClosed, transferCompleted, transferFailed } from './transfer-endings.js';

const wrapUp = (handling: HandlingModel, at: number): Told =>
  tell(at, 'system', 'wrap-up.started', idsOf(handling));

/** The customer's leg has gone: whatever was going on ends, whoever talked with the customer goes into wrap-up. */
export function customerGone(call: CallModel, at: number, by: EndedBy, cause: string): Told[] {
  if (!call.customerLegAlive) return [];
  const main = activeHandling(call);
  const left = tell(at, by === 'customer' ? 'customer' : 'engine', 'customer.left', { by, cause });
  const parts: Told[] = [];
  if (inTalk(main)) parts.push(wrapUp(main, at));
  else if (main) parts.push(tell(at, 'system', 'ring.cancelled', idsOf(main)));
  const pending = call.transfer?.partyId;
  return [
    ...(main ? holdClosed(main, at) : []),
    left,
    ...transferFailed(call, at, 'customer-left'),
    ...parts,
    ...memberHandlings(call).map((member) => wrapUp(member, at)),
    ...call.parties
      .filter(({ id, phase }) => phase !== 'gone' && id !== pending)
      .map(({ id }) => tell(at, 'system', 'party.left', { partyId: id, by: 'system' })),
    ...helpers(call).map((help) => helpEnded(call, help, at, 'call-ended')),
    tell(at, 'system', 'call.ended', { by, cause }),
  ];
}

type LostWhy = FactOf<'agent.lost'>['data']['why'];

/**
 * An agent is gone and the customer is still there. Nobody but a person ends a customer's call: whoever is with the
 * customer, or has answered for them, goes on; else the customer goes back to the front of the queue and hears music.
 */
export function agentGone(call: CallModel, handling: HandlingModel, at: number, why: LostWhy): Told[] {
  if (!call.customerLegAlive) return [];
  if (handling.phase === 'consulted') return transferFailed(call, at, 'target-left');
  if (!inTalk(handling)) return [];
  const lost = tell(at, why === 'left' ? 'agent' : 'engine', 'agent.lost', { ...idsOf(handling), why });
  if (handling.id !== call.mainId) {
    const left = tell(at, 'system', 'member.left', {
      ...idsOf(handling),
      by: why === 'left' ? 'self' : 'lost',
    });
    return [left, wrapUp(handling, at)];
  }
  if (call.state === 'dialling') return [lost, ...customerGone(call, at, 'agent', 'the agent left first')];
  if (call.transfer && call.transfer.answeredAt !== null) {
    return [lost, ...transferCompleted(call, at, 'initiator-left'), wrapUp(handling, at)];
  }
  return [
    ...holdClosed(handling, at),
    lost,
    ...transferFailed(call, at, 'initiator-left'),
    ...successor(call, handling, at),
    wrapUp(handling, at),
    ...(hasSuccessor(call) ? [] : backToQueue(call, at)),
  ];
}

const joinedLead = (call: CallModel) =>
  call.helps.find(({ phase, mode }) => phase === 'here' && mode === 'join');

/** Somebody in the talk goes on with the customer when the responsible agent goes. */
export const hasSuccessor = (call: CallModel): boolean =>
  memberHandlings(call).length + memberParties(call).length > 0 || joinedLead(call) !== undefined;

/** Who goes on with the customer when the responsible agent goes: an agent or lead in the talk, else an outside party. */
export function successor(call: CallModel, from: HandlingModel, at: number): Told[] {
  const [member] = memberHandlings(call);
  if (member) return chargePassed(call, from, member, at, 'left');
  const lead = joinedLead(call);
  if (lead) return tookOver(call, lead, from, at);
  const [party] = memberParties(call);
  if (party) return handedOver(call, from, party.id, at);
  return helpers(call).map((help) => helpEnded(call, help, at, 'agent-gone'));
}

function backToQueue(call: CallModel, at: number): Told[] {
  const queue = call.queue ?? call.returnQueue;
  if (!queue) throw new Error(`call ${call.id} has no queue to go back to`);
  return [tell(at, 'system', 'queue.entered', { queueId: queue.id, queueName: queue.name, front: true })];
}

const failureOf = {
  'three-rings': 'no-answer',
  rejected: 'rejected',
  'device-lost': 'unreachable',
  unreachable: 'unreachable',
  failed: 'failed',
} as const satisfies Record<FactOf<'ring.missed'>['data']['why'], TransferFailure>;

/** The ring ends without an answer of this agent, and what follows from it. */
export function ringMissed(
  call: CallModel,
  handling: HandlingModel,
  at: number,
  source: Source,
  why: FactOf<'ring.missed'>['data']['why'],
): Told[] {
  if (handling.phase !== 'offered' && handling.phase !== 'ringing') return [];
  const missed = tell(at, source, 'ring.missed', { ...idsOf(handling), why });
  if (call.state === 'dialling' && handling.id === call.mainId) {
    return [missed, ...customerGone(withoutMain(call), at, 'system', "the agent's phone did not answer")];
  }
  const { transfer } = call;
  if (!transfer || transfer.targetHandlingId !== handling.id || transfer.target.kind === 'queue')
    return [missed];
  return [
    missed,
    ...transferFailed({ ...call, transfer: { ...transfer, targetHandlingId: null } }, at, failureOf[why]),
  ];
}

/** The call as the ring's end leaves it: nobody is offered it. */
const withoutMain = (call: CallModel): CallModel => ({ ...call, mainId: null });
