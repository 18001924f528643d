import type { TimelineEvent } from '../../contracts/timeline.js';
import { isAnnouncing, numberPromptOf, numberSounds } from './agent-number.js';
import { type CallModel, type HandlingModel, handlingOf, roomOf } from './call-model.js';
import type { Directive } from './directive.js';
import { ofAway } from './follow-up-away.js';
import { ofHelp } from './follow-up-help.js';
import { ofTransfer } from './follow-up-transfer.js';
import { waitingPlace } from './waiting-place.js';

/** A call that waits is put among the waiting, where its place is. */
export function waitsFor(call: CallModel): Directive[] {
  const place = waitingPlace(call);
  return place ? [{ do: 'enter-queue', queueId: place.queueId, since: place.since, front: place.front }] : [];
}

/** The customer of an outbound call has not answered yet. */
const isDialling = ({ dial }: CallModel): boolean => dial !== null && dial.answeredAt === null;

/** The caller is told of the recording before it begins. */
const recordsLater = ({ arrival }: CallModel): boolean => arrival.flow?.recording === 'after-opening';

const agentLegs = (call: CallModel): Directive[] =>
  call.handlings
    .filter(({ answeredAt, wrapUpCompletedAt }) => answeredAt !== null && wrapUpCompletedAt === null)
    .flatMap((handling) => [{ do: 'end-leg', legId: handling.legId } as const, ...recallEnds(handling)]);

/** The ring for a talk that is over. */
const recallEnds = (handling: HandlingModel | undefined): Directive[] =>
  handling?.recallLegId ? [{ do: 'end-leg', legId: handling.recallLegId }] : [];

/** The directives that follow from `event`, given the call after the whole decision it was part of. */
export function followUps(call: CallModel, event: TimelineEvent): Directive[] {
  const customer = call.arrival.legId;
  switch (event.kind) {
    case 'call.arrived':
      return call.turnedAway || call.dial ? [] : [{ do: 'open-line', legId: customer }];
    case 'call.turned-away':
      return [{ do: 'turn-away', legId: customer, why: event.data.why }];
    case 'line.opened':
      return [
        ...(recordsLater(call) ? [] : [{ do: 'start-recording', legId: customer } as const]),
        // Music, until and between the announcements.
        ...(call.state === 'menu' ? [{ do: 'wait', legId: customer } as const] : []),
      ];
    case 'recording.due':
      return [{ do: 'start-recording', legId: customer }];
    case 'menu.left':
      return event.data.to === 'end' ? [{ do: 'end-leg', legId: customer }] : [];
    case 'prompt.finished':
      return event.source === 'engine' ? [] : [{ do: 'stop-prompt', promptId: event.data.promptId }];
    case 'queue.entered':
      return [{ do: 'wait', legId: customer }, ...waitsFor(call)];
    case 'ring.offered':
      return [{ do: 'ring', ...pick(event.data), legId: event.data.legId }];
    case 'ring.answered': {
      const handling = handlingOf(call, event.data.handlingId);
      const legId = handling?.legId ?? '';
      const answered: Directive = { do: 'presence', change: 'answered', ...pick(event.data) };
      if (event.data.handlingId !== call.mainId) return [answered];
      return [
        ...(call.promptId ? [{ do: 'stop-prompt', promptId: call.promptId } as const] : []),
        ...(handling && isAnnouncing(handling)
          ? []
          : [
              {
                do: 'connect',
                roomId: roomOf(call),
                legIds: isDialling(call) ? [legId] : [customer, legId],
              } as const,
            ]),
        answered,
      ];
    }
    case 'agent-number.started': {
      const { handlingId, agentNumber } = event.data;
      return [{ do: 'play-prompt', promptId: numberPromptOf(handlingId), sound: numberSounds(agentNumber) }];
    }
    case 'agent-number.ended': {
      const { handlingId } = event.data;
      const legId = handlingOf(call, handlingId)?.legId ?? '';
      return [
        // Harmless when it is over, as it nearly always is.
        { do: 'stop-prompt', promptId: numberPromptOf(handlingId) },
        { do: 'connect', roomId: roomOf(call), legIds: [customer, legId] },
      ];
    }
    case 'ring.missed': {
      const legId = handlingOf(call, event.data.handlingId)?.legId ?? '';
      const change =
        event.data.why === 'device-lost' || event.data.why === 'unreachable' ? 'device-lost' : 'missed';
      return [
        { do: 'end-leg', legId },
        {
          do: 'presence',
          change: call.dial && event.data.handlingId === call.mainId ? 'freed' : change,
          ...pick(event.data),
        },
        ...waitsFor(call),
      ];
    }
    case 'ring.cancelled':
      return [
        { do: 'end-leg', legId: handlingOf(call, event.data.handlingId)?.legId ?? '' },
        { do: 'presence', change: 'released', ...pick(event.data) },
      ];
    case 'prompt.started':
      return [{ do: 'play-prompt', ...event.data }];
    case 'digit.sent': {
      const party = call.state === 'held' && call.parties.find(({ id }) => id === call.transfer?.partyId);
      return [{ do: 'send-digits', legId: party ? party.legId : customer, digits: event.data.digits }];
    }
    case 'hold.granted':
      return [{ do: 'wait', legId: customer }];
    case 'hold.resume-requested':
      return [{ do: 'connect', roomId: roomOf(call), legIds: [customer] }];
    case 'dial.started': {
      const onBehalfOf = handlingOf(call, event.data.handlingId)?.legId ?? '';
      const number = call.arrival.dialled;
      return [{ do: 'ring-number', legId: customer, number, name: '', onBehalfOf, patience: 'outbound' }];
    }
    case 'dial.answered': {
      const legId = handlingOf(call, event.data.handlingId)?.legId ?? '';
      return [{ do: 'connect', roomId: roomOf(call), legIds: [customer, legId] }];
    }
    case 'hang-up.carried-out':
      return [{ do: 'end-leg', legId: customer }];
    case 'agent.lost': {
      const lost = handlingOf(call, event.data.handlingId);
      const words: Directive[] =
        lost?.announcesNumber && lost.talkStartedAt === null
          ? [{ do: 'stop-prompt', promptId: numberPromptOf(lost.id) }]
          : [];
      return [...words, { do: 'end-leg', legId: lost?.legId ?? '' }];
    }
    case 'wrap-up.started':
      return [
        ...recallEnds(handlingOf(call, event.data.handlingId)),
        { do: 'presence', change: 'wrap-up', ...pick(event.data) },
      ];
    case 'wrap-up.completed':
      return [{ do: 'presence', change: 'wrap-up-done', ...pick(event.data) }];
    case 'customer.left':
      return [
        { do: 'leave-queue' },
        // A number that was being dialled may still ring.
        ...(isDialling(call) ? [{ do: 'end-leg', legId: customer } as const] : []),
        ...agentLegs(call),
        { do: 'close-room', roomId: roomOf(call) },
      ];
    case 'transfer.requested':
      return waitsFor(call);
    default:
      return [...ofTransfer(call, event), ...ofHelp(call, event), ...ofAway(call, event)];
  }
}

/** Whom a presence directive is about. */
const pick = ({ handlingId, agentId }: { handlingId: string; agentId: string }) => ({ handlingId, agentId });
