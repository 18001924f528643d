import type { TimelineEvent } from '../../contracts/timeline.js';
import { type CallModel, handlingOf, roomOf } from './call-model.js';

/** What the server does after a fact was committed: requests to the engine, the router and presence. */
export type Directive =
  | { do: 'open-line' | 'start-recording' | 'wait' | 'end-leg'; legId: string }
  | { do: 'turn-away'; legId: string; why: 'unknown-number' | 'forbidden' | 'no-audio' | 'busy' }
  | { do: 'enter-queue'; queueId: string; since: number; front: boolean }
  | { do: 'leave-queue' }
  | { do: 'ring'; handlingId: string; agentId: string; legId: string }
  | { do: 'connect'; roomId: string; legIds: string[] }
  | { do: 'close-room'; roomId: string }
  | { do: 'play-prompt'; promptId: string; sound: string }
  | { do: 'stop-prompt'; promptId: string }
  | { do: 'send-digits'; digits: string }
  | {
      do: 'presence';
      change: 'answered' | 'missed' | 'device-lost' | 'released' | 'wrap-up' | 'wrap-up-done';
      agentId: string;
      handlingId: string;
    };

const backInQueue = (call: CallModel, front: boolean): Directive[] =>
  call.queue && call.state === 'queued'
    ? [{ do: 'enter-queue', queueId: call.queue.id, since: call.arrivedAt, front }]
    : [];

const agentLegs = (call: CallModel): Directive[] =>
  call.handlings
    .filter(({ answeredAt, wrapUpCompletedAt }) => answeredAt !== null && wrapUpCompletedAt === null)
    .map(({ legId }) => ({ do: 'end-leg', legId }));

/** The directives that follow from `event`, given the call after the whole decision it was part of. */
export function followUps(call: CallModel, event: TimelineEvent): Directive[] {
  const customer = call.arrival.legId;
  switch (event.kind) {
    case 'call.arrived':
      return call.turnedAway ? [] : [{ do: 'open-line', legId: customer }];
    case 'call.turned-away':
      return [{ do: 'turn-away', legId: customer, why: event.data.why }];
    case 'line.opened':
      return [{ do: 'start-recording', legId: customer }];
    case 'queue.entered':
      return [{ do: 'wait', legId: customer }, ...backInQueue(call, event.data.front)];
    case 'ring.offered':
      return [{ do: 'ring', ...pick(event.data), legId: event.data.legId }];
    case 'ring.answered': {
      const legId = handlingOf(call, event.data.handlingId)?.legId ?? '';
      return [
        ...(call.promptId ? [{ do: 'stop-prompt', promptId: call.promptId } as const] : []),
        { do: 'connect', roomId: roomOf(call), legIds: [customer, legId] },
        { do: 'presence', change: 'answered', ...pick(event.data) },
      ];
    }
    case 'ring.missed': {
      const legId = handlingOf(call, event.data.handlingId)?.legId ?? '';
      const change =
        event.data.why === 'device-lost' || event.data.why === 'unreachable' ? 'device-lost' : 'missed';
      return [
        { do: 'end-leg', legId },
        { do: 'presence', change, ...pick(event.data) },
        ...backInQueue(call, false),
      ];
    }
    case 'ring.cancelled':
      return [
        { do: 'end-leg', legId: handlingOf(call, event.data.handlingId)?.legId ?? '' },
        { do: 'presence', change: 'released', ...pick(event.data) },
      ];
    case 'prompt.started':
      return [{ do: 'play-prompt', ...event.data }];
    case 'digit.sent':
      return [{ do: 'send-digits', digits: event.data.digits }];
    case 'hold.granted':
      return [{ do: 'wait', legId: customer }];
    case 'hold.resume-requested':
      return [{ do: 'connect', roomId: roomOf(call), legIds: [customer] }];
    case 'hang-up.carried-out':
      return [{ do: 'end-leg', legId: customer }];
    case 'agent.lost':
      return [{ do: 'end-leg', legId: handlingOf(call, event.data.handlingId)?.legId ?? '' }];
    case 'wrap-up.started':
      return [{ do: 'presence', change: 'wrap-up', ...pick(event.data) }];
    case 'wrap-up.completed':
      return [{ do: 'presence', change: 'wrap-up-done', ...pick(event.data) }];
    case 'customer.left':
      return [{ do: 'leave-queue' }, ...agentLegs(call), { do: 'close-room', roomId: roomOf(call) }];
    default:
      return [];
  }
}

const pick = ({ handlingId, agentId }: { handlingId: string; agentId: string }) => ({ handlingId, agentId });
