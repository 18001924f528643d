import type { CallOutcome } from '../../contracts/call.js';
import type { TimelineEvent, TimelineEventOf } from '../../contracts/timeline.js';
import { advanceHandling } from './advance-handling.js';
import { callMachine } from './call-machine.js';
import type { CallModel, HandlingModel } from './call-model.js';

/** The first fact makes the call. */
function begin(event: TimelineEventOf<'call.arrived'>): CallModel {
  const at = Date.parse(event.at);
  return {
    id: event.callId,
    seq: event.seq,
    lastFactAt: at,
    state: callMachine.initial,
    stateSince: at,
    arrival: event.data,
    arrivedAt: at,
    turnedAway: false,
    openedAt: null,
    queue: null,
    attempts: 0,
    customerLegAlive: true,
    promptId: null,
    promptsPlayed: 0,
    lastPromptAt: null,
    recordingId: null,
    recordingStartedAt: null,
    handlings: [],
    customerLeftAt: null,
    endedBy: null,
    closed: false,
    outcome: 'in-progress',
  };
}

function outcomeOf(call: CallModel, by: CallModel['endedBy']): CallOutcome {
  if (call.handlings.some((handling) => handling.answeredAt !== null)) return 'answered';
  if (call.turnedAway) return 'turned-away';
  if (by === 'engine') return 'lost';
  return by === 'customer' ? 'abandoned' : 'missed';
}

/** What a fact changes on the call itself, beside its state and its handlings. */
function changes(call: CallModel, event: TimelineEvent, at: number): Partial<CallModel> {
  switch (event.kind) {
    case 'call.turned-away':
      return { turnedAway: true };
    case 'line.opened':
      return { openedAt: at };
    case 'queue.entered':
      return { queue: { id: event.data.queueId, name: event.data.queueName, enteredAt: at } };
    case 'ring.offered':
      return { attempts: event.data.attempt };
    case 'prompt.started':
      return { promptId: event.data.promptId, promptsPlayed: call.promptsPlayed + 1, lastPromptAt: at };
    case 'prompt.finished':
      return event.data.promptId === call.promptId ? { promptId: null, lastPromptAt: at } : {};
    case 'recording.started':
      return { recordingId: event.data.recordingId, recordingStartedAt: at };
    case 'customer.left':
      return { customerLeftAt: at, customerLegAlive: false, endedBy: event.data.by, promptId: null };
    case 'call.ended':
      return { closed: true, endedBy: event.data.by, outcome: outcomeOf(call, event.data.by) };
    default:
      return {};
  }
}

function offered(event: TimelineEventOf<'ring.offered'>): HandlingModel {
  return {
    id: event.data.handlingId,
    agentId: event.data.agentId,
    agentNumber: event.data.agentNumber,
    legId: event.data.legId,
    legAlive: true,
    phase: 'offered',
    offeredAt: Date.parse(event.at),
    ringStartedAt: null,
    answeredAt: null,
    talkStartedAt: null,
    endedAt: null,
    fileShown: false,
    muted: false,
    agentSpeaking: false,
    customerSpeaking: false,
    lastSpeechAt: null,
    hold: null,
    holds: 0,
    heldMs: 0,
    thanksDue: false,
    heldByDevice: false,
    hangUp: null,
    hangUpCarriedOut: false,
    wrapUpStartedAt: null,
    wrapUpCompletedAt: null,
    wrapUp: null,
  };
}

/**
 * The call after one more fact: the only place where a call's state is written. Facts come in order without gaps; the
 * first is `call.arrived`. Throws on a fact that does not continue the call: a bug, never an input.
 */
export function advance(call: CallModel | null, event: TimelineEvent): CallModel {
  if (call === null) {
    if (event.kind !== 'call.arrived') throw new Error(`call ${event.callId} begins with ${event.kind}`);
    return begin(event);
  }
  if (event.seq !== call.seq + 1) throw new Error(`call ${call.id}: fact ${event.seq} after ${call.seq}`);
  const at = Date.parse(event.at);
  const state = callMachine.next(call.state, event.kind) ?? call.state;
  const handlings =
    event.kind === 'ring.offered'
      ? [...call.handlings, offered(event)]
      : call.handlings.map((handling) => advanceHandling(handling, event));
  return {
    ...call,
    ...changes(call, event, at),
    handlings,
    seq: event.seq,
    lastFactAt: at,
    state,
    stateSince: state === call.state ? call.stateSince : at,
  };
}

/** The call told by its whole timeline. */
export function replay(timeline: readonly TimelineEvent[]): CallModel | null {
  return timeline.reduce<CallModel | null>(advance, null);
}
