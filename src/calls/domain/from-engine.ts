import type { Speaker } from '../../contracts/timeline.js';
import type { EngineEvent, LegRefusal } from '../../telephony/port/engine-event.js';
import { activeHandling, type CallModel, type HandlingModel, idsOf } from './call-model.js';
import { type Told, tell } from './decision.js';
import { agentGone, customerGone, ringMissed } from './endings.js';

/** Engine events about one leg, beside its arrival. */
export type LegEvent = Exclude<Extract<EngineEvent, { legId: string }>, { kind: 'leg.arrived' }>;

const missedBecause = {
  busy: 'rejected',
  rejected: 'rejected',
  'no-answer': 'three-rings',
  'unknown-number': 'unreachable',
  unreachable: 'unreachable',
  failed: 'failed',
} as const satisfies Record<LegRefusal, string>;

const inTalk = (handling: HandlingModel | undefined): handling is HandlingModel =>
  handling?.phase === 'talking' || handling?.phase === 'held';

function speech(call: CallModel, event: LegEvent, who: Speaker): Told[] {
  const handling = activeHandling(call);
  // During a hold too: an agent who is in mid-sentence when the customer comes back has spoken at once (clause 23.11).
  if (!inTalk(handling)) return [];
  const speaking = who === 'agent' ? handling.agentSpeaking : handling.customerSpeaking;
  if (event.kind === 'leg.speaking' && !speaking) {
    return [tell(event.at, who, 'speech.started', { ...idsOf(handling), who })];
  }
  if (event.kind === 'leg.silent' && speaking) {
    return [tell(event.at, who, 'speech.ended', { ...idsOf(handling), who, spokeMs: event.spokeMs })];
  }
  return [];
}

function customerConnected(call: CallModel, at: number): Told[] {
  const handling = activeHandling(call);
  if (!inTalk(handling)) return [];
  if (handling.phase === 'held' && handling.hold) {
    const heldMs = Math.max(0, at - (handling.hold.startedAt ?? at));
    return [tell(at, 'engine', 'hold.ended', { ...idsOf(handling), holdId: handling.hold.id, heldMs })];
  }
  return handling.talkStartedAt === null ? [tell(at, 'engine', 'talk.started', idsOf(handling))] : [];
}

function customerWaiting(call: CallModel, at: number): Told[] {
  const handling = activeHandling(call);
  if (handling?.phase === 'talking' && handling.hold && handling.hold.startedAt === null) {
    return [tell(at, 'engine', 'hold.started', { ...idsOf(handling), holdId: handling.hold.id })];
  }
  return call.state === 'queued' ? [tell(at, 'engine', 'waiting.started', {})] : [];
}

function aboutCustomer(call: CallModel, event: LegEvent): Told[] {
  switch (event.kind) {
    case 'leg.answered':
      return call.openedAt === null ? [tell(event.at, 'engine', 'line.opened', {})] : [];
    case 'leg.waiting':
      return customerWaiting(call, event.at);
    case 'leg.connected':
      return customerConnected(call, event.at);
    case 'leg.speaking':
    case 'leg.silent':
      return speech(call, event, 'customer');
    case 'leg.digit':
      return [tell(event.at, 'customer', 'digit.received', { digit: event.digit, who: 'customer' })];
    case 'prompt.finished':
      return event.promptId === call.promptId
        ? [tell(event.at, 'engine', 'prompt.finished', { promptId: event.promptId })]
        : [];
    case 'recording.started':
      return [tell(event.at, 'engine', 'recording.started', { recordingId: event.recordingId })];
    case 'recording.finished':
      return [tell(event.at, 'engine', 'recording.finished', { recordingId: event.recordingId })];
    case 'leg.ended':
      return customerGone(call, event.at, whoEnded(call, event.by), event.cause);
    default:
      return [];
  }
}

function whoEnded(call: CallModel, by: 'remote' | 'local' | 'engine') {
  if (by === 'remote') return 'customer' as const;
  if (by === 'engine') return 'engine' as const;
  return activeHandling(call)?.hangUpCarriedOut ? ('agent' as const) : ('system' as const);
}

function aboutAgent(call: CallModel, handling: HandlingModel, event: LegEvent): Told[] {
  const ids = idsOf(handling);
  switch (event.kind) {
    case 'leg.ringing':
      return handling.phase === 'offered' ? [tell(event.at, 'engine', 'ring.started', ids)] : [];
    case 'leg.answered':
      return handling.phase === 'offered' || handling.phase === 'ringing'
        ? [tell(event.at, 'engine', 'ring.answered', ids)]
        : [];
    case 'leg.refused':
      return ringMissed(handling, event.at, 'engine', missedBecause[event.why]);
    case 'leg.speaking':
    case 'leg.silent':
      return inTalk(handling) ? speech(call, event, 'agent') : [];
    case 'leg.digit':
      return inTalk(handling)
        ? [tell(event.at, 'agent', 'digit.received', { digit: event.digit, who: 'agent' })]
        : [];
    case 'leg.held-by-device':
      return inTalk(handling) ? [tell(event.at, 'engine', 'hold.by-device', ids)] : [];
    case 'leg.resumed-by-device':
      return handling.heldByDevice ? [tell(event.at, 'engine', 'hold.by-device-ended', ids)] : [];
    case 'leg.ended':
      return handling.hangUpCarriedOut
        ? []
        : [
            ...ringMissed(handling, event.at, 'engine', 'failed'),
            ...agentGone(call, handling, event.at, event.by === 'engine' ? 'engine' : 'left'),
          ];
    default:
      return [];
  }
}

/**
 * The facts that an engine event adds to the call. Repeated, late or foreign events add none: the rule for each is its
 * condition here.
 */
export function factsFromEngine(call: CallModel, event: LegEvent): Told[] {
  // A recording's beginning and end may be told after a very short call has ended: its files are there all the same.
  if (event.kind === 'recording.started') return call.recordingId === null ? aboutCustomer(call, event) : [];
  if (event.kind === 'recording.finished') {
    return event.recordingId === call.recordingId ? aboutCustomer(call, event) : [];
  }
  if (call.closed) return [];
  if (event.legId === call.arrival.legId) return aboutCustomer(call, event);
  const handling = call.handlings.find(({ legId }) => legId === event.legId);
  return handling ? aboutAgent(call, handling, event) : [];
}
