import type { DeskCall } from '../../contracts/call.js';
import type { TimelineEvent } from '../../contracts/timeline.js';
import type { Target } from '../../contracts/transfer.js';
import type { WrapUpDraft } from '../../contracts/wrap-up.js';
import { maskedName, maskedNumber, maskedText, shownName } from '../../kernel/masking.js';

interface Parties {
  direction: 'inbound' | 'outbound';
  fromNumber: string;
  fromName: string;
  dialled: string;
}

/** Who called whom: one of the two is the customer, the other is the house and no secret. */
export function maskedParties({ direction, fromNumber, fromName, dialled }: Parties) {
  return direction === 'outbound'
    ? { fromNumber, fromName, dialled: maskedNumber(dialled) }
    : { fromNumber: maskedNumber(fromNumber), fromName: maskedName(fromName), dialled };
}

/** Agents and departments are the house's; a typed number is somebody's. */
function maskedTarget(target: Target): Target {
  return target.kind === 'number' ? { ...target, number: maskedNumber(target.number ?? '') } : target;
}

/** What an agent wrote down about a customer, for others. */
export function maskedRecord<R extends WrapUpDraft>(record: R): R {
  const { customerName, customerNumber, note, followUp } = record;
  return {
    ...record,
    ...(customerName !== undefined && { customerName: maskedName(customerName) }),
    ...(customerNumber !== undefined && { customerNumber: maskedNumber(customerNumber) }),
    ...(note !== undefined && { note: maskedText(note) }),
    ...(followUp !== undefined && { followUp: maskedText(followUp) }),
  };
}

function maskedEvent(event: TimelineEvent): TimelineEvent {
  switch (event.kind) {
    case 'call.arrived':
      return { ...event, data: { ...event.data, ...maskedParties(event.data) } };
    case 'transfer.requested': {
      const { matter, target } = event.data;
      return { ...event, data: { ...event.data, matter: maskedText(matter), target: maskedTarget(target) } };
    }
    case 'transfer.declined':
      return { ...event, data: { ...event.data, target: maskedTarget(event.data.target) } };
    case 'party.dialled':
      // A department is dialled by its entry in the phone book, and has its name from there.
      return event.data.name === ''
        ? { ...event, data: { ...event.data, number: maskedNumber(event.data.number) } }
        : event;
    case 'dial.prepared':
      return { ...event, data: { ...event.data, points: maskedText(event.data.points) } };
    case 'wrap-up.completed':
      return { ...event, data: { ...event.data, record: maskedRecord(event.data.record) } };
    default:
      return event;
  }
}

/** A timeline for readers. What is judged by it is judged before. */
export function maskedTimeline(timeline: readonly TimelineEvent[]): TimelineEvent[] {
  return timeline.map(maskedEvent);
}

/** A call as the desk is sent it: the customer's name is the agent's to say, the number is not the desk's to know. */
export function maskedDeskCall(desk: DeskCall): DeskCall {
  const { draft, transfer, transferFailed, briefing } = desk;
  return {
    ...desk,
    fromNumber: maskedNumber(desk.fromNumber),
    fromName: shownName(desk.fromName),
    dialled: desk.direction === 'outbound' ? maskedNumber(desk.dialled) : desk.dialled,
    draft:
      draft.customerNumber === undefined
        ? draft
        : { ...draft, customerNumber: maskedNumber(draft.customerNumber) },
    transfer: transfer && { ...transfer, target: maskedTarget(transfer.target) },
    transferFailed: transferFailed && { ...transferFailed, target: maskedTarget(transferFailed.target) },
    briefing: briefing && {
      ...briefing,
      customerName: shownName(briefing.customerName),
      topic: maskedText(briefing.topic),
      note: maskedText(briefing.note),
    },
    members: desk.members.map((member) => {
      const { kind, name, number } = member;
      const somebodys = kind === 'customer' || (kind === 'outside' && name === '');
      return somebodys ? { ...member, name: shownName(name), number: maskedNumber(number) } : member;
    }),
  };
}
