import type { TimelineEvent } from '../../contracts/timeline.js';
import type { CallModel } from './call-model.js';
import type { PartyModel, TransferModel } from './call-parts.js';

type TransferPart = Partial<Pick<CallModel, 'transfer' | 'transferFailed' | 'requests'>>;

function begun(event: Extract<TimelineEvent, { kind: 'transfer.requested' }>, at: number): TransferModel {
  const { transferId, mode, handlingId, reason, target } = event.data;
  return {
    id: transferId,
    mode,
    handlingId,
    reason,
    target,
    requestedAt: at,
    answeredAt: null,
    with: 'target',
    targetHandlingId: null,
    partyId: null,
  };
}

/** The transfer under way after a fact, and how the last one failed. */
export function advanceTransfer(call: CallModel, event: TimelineEvent, at: number): TransferPart {
  const { transfer, transferFailed } = call;
  if (event.kind === 'transfer.requested') {
    const { transferId, handlingId, reason, matter } = event.data;
    const requests = { ...call.requests, [transferId]: { handlingId, reason, matter } };
    return { transfer: begun(event, at), transferFailed: null, requests };
  }
  const same = { transfer, transferFailed };
  if (!transfer) return same;
  const changed = (change: Partial<TransferModel>): TransferPart => ({
    transfer: { ...transfer, ...change },
    transferFailed,
  });
  switch (event.kind) {
    case 'ring.offered':
      return event.data.transferId === transfer.id
        ? changed({ targetHandlingId: event.data.handlingId })
        : same;
    case 'ring.missed':
      // A queue goes on to look for somebody else.
      return event.data.handlingId === transfer.targetHandlingId ? changed({ targetHandlingId: null }) : same;
    case 'party.dialled':
      return changed({ partyId: event.data.partyId });
    case 'transfer.answered':
      return changed({ answeredAt: at });
    case 'transfer.swapped':
      return changed({ with: event.data.with });
    case 'transfer.completed':
    case 'transfer.merged':
    case 'transfer.withdrawn':
      return { transfer: null, transferFailed: null };
    case 'transfer.failed': {
      const { handlingId, target } = transfer;
      return { transfer: null, transferFailed: { why: event.data.why, target, handlingId } };
    }
    default:
      return same;
  }
}

const phaseBy = {
  'party.ringing': 'ringing',
  'party.answered': 'here',
  'party.refused': 'gone',
  'party.left': 'gone',
} as const;

/** The outside parties after a fact. */
export function advanceParties(
  parties: readonly PartyModel[],
  event: TimelineEvent,
  at: number,
): readonly PartyModel[] {
  switch (event.kind) {
    case 'party.dialled': {
      const { partyId, legId, number, name } = event.data;
      return [...parties, { id: partyId, legId, number, name, phase: 'dialled', since: at }];
    }
    case 'party.ringing':
    case 'party.answered':
    case 'party.refused':
    case 'party.left': {
      const phase = phaseBy[event.kind];
      const { partyId } = event.data;
      return parties.map((party) => (party.id === partyId ? { ...party, phase, since: at } : party));
    }
    case 'call.ended':
      return parties.map((party) =>
        party.phase === 'gone' ? party : { ...party, phase: 'gone', since: at },
      );
    default:
      return parties;
  }
}
