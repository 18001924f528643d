import type { LegRefusal } from '../../telephony/port/engine-event.js';
import { numberStarted } from './agent-number.js';
import { agentAway, recallAnswered, recallFailed } from './away.js';
import { type CallModel, type HandlingModel, idsOf, inTalk } from './call-model.js';
import { type Told, tell } from './decision.js';
import { digitHeard } from './digits.js';
import { agentGone, ringMissed } from './endings.js';
import { aboutCustomer } from './from-customer-leg.js';
import { aboutHelp, aboutParty } from './from-other-legs.js';
import { type LegEvent, speech } from './leg-event.js';
import type { MenuRules } from './menu-model.js';

const missedBecause = {
  busy: 'rejected',
  rejected: 'rejected',
  'no-answer': 'three-rings',
  'unknown-number': 'unreachable',
  unreachable: 'unreachable',
  failed: 'failed',
} as const satisfies Record<LegRefusal, string>;

/** The agent's phone was answered: for the customer, for another agent who asks, or to have a number dialled. */
function answered(call: CallModel, handling: HandlingModel, at: number): Told[] {
  if (handling.phase !== 'offered' && handling.phase !== 'ringing') return [];
  const ids = idsOf(handling);
  const first = tell(at, 'engine', 'ring.answered', ids);
  if (call.state === 'dialling') return [first, tell(at, 'system', 'dial.started', ids)];
  const { transfer } = call;
  if (transfer?.targetHandlingId !== handling.id) return [first, ...numberStarted(call, handling, at)];
  const asked = call.handlings.find(({ id }) => id === transfer.handlingId);
  const asking = { handlingId: transfer.handlingId, agentId: asked?.agentId ?? '', transferId: transfer.id };
  const met = tell(at, 'engine', 'transfer.answered', asking);
  return transfer.mode === 'consult'
    ? [first, tell(at, 'engine', 'consult.started', { ...ids, transferId: transfer.id }), met]
    : [first, met, tell(at, 'engine', 'transfer.merged', asking), tell(at, 'engine', 'member.joined', ids)];
}

/** A lead who took over joins the customer on the leg that the help began with. */
function connected(call: CallModel, handling: HandlingModel, at: number): Told[] {
  const begins = handling.tookOver && handling.talkStartedAt === null && handling.id === call.mainId;
  return begins && call.state === 'talking' ? [tell(at, 'engine', 'talk.started', idsOf(handling))] : [];
}

function ended(
  call: CallModel,
  handling: HandlingModel,
  event: Extract<LegEvent, { kind: 'leg.ended' }>,
): Told[] {
  if (handling.hangUpCarriedOut && handling.id === call.mainId) return [];
  const { at, by } = event;
  if (by === 'vanished')
    return [
      ...ringMissed(call, handling, at, 'engine', 'device-lost'),
      ...agentAway(call, handling, at, 'device-lost'),
    ];
  return [
    ...ringMissed(call, handling, at, 'engine', 'failed'),
    ...(by === 'engine' ? agentAway(call, handling, at, 'engine') : agentGone(call, handling, at, 'left')),
  ];
}

/** The agent's phone is rung for the running talk. */
function aboutRecall(handling: HandlingModel, event: LegEvent): Told[] {
  switch (event.kind) {
    case 'leg.answered':
      return recallAnswered(handling, event.at);
    case 'leg.refused':
      return recallFailed(handling, event.at, missedBecause[event.why]);
    case 'leg.ended':
      return recallFailed(handling, event.at, 'failed');
    default:
      return [];
  }
}

function aboutAgent(call: CallModel, handling: HandlingModel, event: LegEvent): Told[] {
  const ids = idsOf(handling);
  switch (event.kind) {
    case 'leg.ringing':
      return handling.phase === 'offered' ? [tell(event.at, 'engine', 'ring.started', ids)] : [];
    case 'leg.answered':
      return answered(call, handling, event.at);
    case 'leg.refused':
      return ringMissed(call, handling, event.at, 'engine', missedBecause[event.why]);
    case 'leg.connected':
      return connected(call, handling, event.at);
    case 'leg.speaking':
    case 'leg.silent':
      return speech(handling, event, 'agent');
    case 'leg.digit':
      return inTalk(handling) ? digitHeard(call, 'agent', event.digit, event.at) : [];
    case 'leg.held-by-device':
      return inTalk(handling) ? [tell(event.at, 'engine', 'hold.by-device', ids)] : [];
    case 'leg.resumed-by-device':
      return handling.heldByDevice ? [tell(event.at, 'engine', 'hold.by-device-ended', ids)] : [];
    case 'leg.ended':
      return ended(call, handling, event);
    default:
      return [];
  }
}

/**
 * The facts that an engine event adds to the call. Repeated, late or foreign events add none: the rule for each is its
 * condition here and in the files beside. `rules`: of the flow that the caller is led by before the queue.
 */
export function factsFromEngine(call: CallModel, event: LegEvent, rules: MenuRules | null = null): Told[] {
  // A recording's beginning and end may be told after a very short call has ended: its files are there all the same.
  if (event.kind === 'recording.started')
    return call.recordingId === null ? aboutCustomer(call, event, rules) : [];
  if (event.kind === 'recording.finished') {
    return event.recordingId === call.recordingId ? aboutCustomer(call, event, rules) : [];
  }
  if (call.closed) return [];
  if (event.legId === call.arrival.legId) return aboutCustomer(call, event, rules);
  const handling = call.handlings.find(({ legId }) => legId === event.legId);
  // What a phone that was given up still says is nothing about the agent.
  if (handling) return handling.away ? [] : aboutAgent(call, handling, event);
  const recalled = call.handlings.find(({ recallLegId }) => recallLegId === event.legId);
  if (recalled) return aboutRecall(recalled, event);
  const party = call.parties.find(({ legId }) => legId === event.legId);
  if (party) return aboutParty(call, party, event);
  const help = call.helps.find(({ legId }) => legId === event.legId);
  return help ? aboutHelp(call, help, event) : [];
}
