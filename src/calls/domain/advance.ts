import type { CallOutcome } from '../../contracts/call.js';
import type { Speaker, TimelineEvent, TimelineEventOf } from '../../contracts/timeline.js';
import { advanceHandling, begunBy } from './advance-handling.js';
import { advanceHelps } from './advance-help.js';
import { advanceParties, advanceTransfer } from './advance-transfer.js';
import { callMachine } from './call-machine.js';
import type { CallModel } from './call-model.js';
import { type DialModel, engineLost } from './call-parts.js';
import { advanceMenu } from './menu-model.js';

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
    returnQueue: event.data.returnQueue ?? null,
    menu: null,
    digits: { customer: 0, agent: 0 },
    attempts: 0,
    customerLegAlive: true,
    promptId: null,
    promptsPlayed: 0,
    lastPromptAt: null,
    recordingId: null,
    recordingStartedAt: null,
    handlings: [],
    mainId: null,
    transfer: null,
    requests: {},
    transferFailed: null,
    parties: [],
    helps: [],
    dial: null,
    customerLeftAt: null,
    endedBy: null,
    closed: false,
    outcome: 'in-progress',
  };
}

function outcomeOf(call: CallModel, { by, cause }: TimelineEventOf<'call.ended'>['data']): CallOutcome {
  if (call.dial && call.dial.answeredAt === null) return 'not-reached';
  if (cause === engineLost) return 'lost';
  if (call.handlings.some((handling) => handling.answeredAt !== null)) return 'answered';
  if (call.turnedAway) return 'turned-away';
  if (by === 'engine') return 'lost';
  if (endsInMenu(call)) return 'closed';
  return by === 'customer' ? 'abandoned' : 'missed';
}

/** The flow said goodbye, or was about to: nobody was there for the customer. */
const endsInMenu = ({ menu }: CallModel): boolean => menu?.to === 'end' || menu?.stepKind === 'end';

function dialled(
  dial: DialModel | null,
  event: TimelineEventOf<
    'dial.prepared' | 'dial.started' | 'dial.ringing' | 'dial.answered' | 'dial.refused'
  >,
  at: number,
): DialModel | null {
  if (event.kind === 'dial.prepared') {
    const { purpose, points, callerNumber } = event.data;
    const still = { startedAt: null, ringingAt: null, answeredAt: null, refused: null };
    return { purpose, points, callerNumber, ...still };
  }
  if (!dial) return null;
  switch (event.kind) {
    case 'dial.started':
      return { ...dial, startedAt: at };
    case 'dial.ringing':
      return { ...dial, ringingAt: at };
    case 'dial.answered':
      return { ...dial, answeredAt: at };
    case 'dial.refused':
      return { ...dial, refused: event.data.why };
  }
}

const counted = ({ digits }: CallModel, who: Speaker) => ({ ...digits, [who]: digits[who] + 1 });

/** What a fact changes on the call itself, beside its state and its handlings. */
function changes(call: CallModel, event: TimelineEvent, at: number): Partial<CallModel> {
  switch (event.kind) {
    case 'call.turned-away':
      return { turnedAway: true };
    case 'line.opened':
      return { openedAt: at };
    case 'queue.entered':
      return {
        queue: { id: event.data.queueId, name: event.data.queueName, enteredAt: at, front: event.data.front },
      };
    case 'ring.offered':
      return event.data.transferId
        ? { attempts: event.data.attempt }
        : { attempts: event.data.attempt, mainId: event.data.handlingId };
    case 'charge.passed':
      return { mainId: event.data.handlingId };
    case 'customer.handed-over':
      return { mainId: null };
    case 'dial.prepared':
    case 'dial.started':
    case 'dial.ringing':
    case 'dial.answered':
    case 'dial.refused':
      return { dial: dialled(call.dial, event, at) };
    case 'prompt.started':
      return { promptId: event.data.promptId, promptsPlayed: call.promptsPlayed + 1, lastPromptAt: at };
    case 'prompt.finished':
      return event.data.promptId === call.promptId ? { promptId: null, lastPromptAt: at } : {};
    case 'menu.left':
      // Announcements of the queue begin anew.
      return { lastPromptAt: null };
    case 'menu.digit':
    case 'digit.received':
    case 'digit.flooded':
      return { digits: counted(call, event.kind === 'menu.digit' ? 'customer' : event.data.who) };
    case 'recording.started':
      return { recordingId: event.data.recordingId, recordingStartedAt: at };
    case 'customer.left':
      return { customerLeftAt: at, customerLegAlive: false, endedBy: event.data.by, promptId: null };
    case 'call.ended':
      return { closed: true, endedBy: event.data.by, outcome: outcomeOf(call, event.data) };
    default:
      return {};
  }
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
  const begun = begunBy(event);
  const handlings = call.handlings.map((handling) => advanceHandling(handling, event));
  return {
    ...call,
    ...changes(call, event, at),
    ...advanceTransfer(call, event, at),
    menu: advanceMenu(call.menu, event, at),
    parties: advanceParties(call.parties, event, at),
    helps: advanceHelps(call.helps, event, at),
    handlings: begun ? [...handlings, begun] : handlings,
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
