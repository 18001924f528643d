import type { TimelineEvent } from '../../contracts/timeline.js';
import { type CallModel, handlingOf, roomOf, targetLeg } from './call-model.js';
import type { Directive } from './directive.js';

const endLegOf = (call: CallModel, handlingId: string): Directive[] => {
  const legId = handlingOf(call, handlingId)?.legId;
  return legId ? [{ do: 'end-leg', legId }] : [];
};

const partyLeg = (call: CallModel, partyId: string): string =>
  call.parties.find(({ id }) => id === partyId)?.legId ?? '';

/** The others who are in the talk from now on; the agent who asked is in the room already. */
const together = (call: CallModel, ...legIds: (string | undefined)[]): Directive[] => [
  {
    do: 'connect',
    roomId: roomOf(call),
    legIds: [call.arrival.legId, ...legIds.filter((legId) => legId !== undefined)],
  },
];

/** Agent and target talk in the call's own room; the customer, who waits, is out of it. */
export function meet(call: CallModel): Directive[] {
  const { transfer } = call;
  const legId = targetLeg(call);
  if (!transfer || !legId || transfer.answeredAt === null || transfer.with !== 'target') return [];
  const main = handlingOf(call, transfer.handlingId);
  // Not before the customer hears music: they would hear the agents.
  return main?.hold?.startedAt == null ? [] : [{ do: 'connect', roomId: roomOf(call), legIds: [legId] }];
}

/** What follows from facts of transfers and conferences. `call`: after the whole decision. */
export function ofTransfer(call: CallModel, event: TimelineEvent): Directive[] {
  switch (event.kind) {
    case 'party.dialled': {
      const { legId, number, name } = event.data;
      return [
        { do: 'ring-number', legId, number, name, onBehalfOf: call.arrival.legId, patience: 'transfer' },
      ];
    }
    case 'transfer.answered':
    case 'hold.started':
      return meet(call);
    case 'transfer.swapped': {
      const legId = targetLeg(call);
      return event.data.with === 'customer' && legId ? [{ do: 'wait', legId }] : [];
    }
    case 'transfer.completed':
    case 'transfer.merged':
      return together(call, ...newcomers(call));
    case 'charge.passed':
      return [
        ...together(call, handlingOf(call, event.data.handlingId)?.legId),
        ...endLegOf(call, event.data.fromHandlingId),
      ];
    case 'customer.handed-over':
      return [
        ...together(call, partyLeg(call, event.data.partyId)),
        ...endLegOf(call, event.data.handlingId),
      ];
    case 'transfer.failed':
    case 'transfer.withdrawn':
      return [{ do: 'leave-queue' }];
    case 'consult.ended':
      return [
        ...endLegOf(call, event.data.handlingId),
        { do: 'presence', change: 'freed', ...idsIn(event.data) },
      ];
    case 'member.left':
      return endLegOf(call, event.data.handlingId);
    case 'party.left':
      return partyGone(call, event.data.partyId);
    default:
      return [];
  }
}

/** Legs of agents and parties that are in the talk after the transfer. */
const newcomers = (call: CallModel): string[] => [
  ...call.handlings
    .filter(({ phase, transferId }) => phase === 'talking' && transferId !== null)
    .map(({ legId }) => legId),
  ...call.parties.filter(({ phase }) => phase === 'here').map(({ legId }) => legId),
];

/** The last outside party with whom a customer talks alone ends the talk by going. */
function partyGone(call: CallModel, partyId: string): Directive[] {
  const over = call.state === 'handed-over' && !call.parties.some(({ phase }) => phase === 'here');
  return [
    { do: 'end-leg', legId: partyLeg(call, partyId) },
    ...(over ? [{ do: 'end-leg', legId: call.arrival.legId } as const] : []),
  ];
}

const idsIn = ({ handlingId, agentId }: { handlingId: string; agentId: string }) => ({ handlingId, agentId });
