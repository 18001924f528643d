import type { LegEnder } from '../../telephony/port/engine-event.js';
import { isAnnouncing, numberFinished } from './agent-number.js';
import { activeHandling, type CallModel, idsOf, inTalk } from './call-model.js';
import { type Told, tell } from './decision.js';
import { digitHeard, isFlooded } from './digits.js';
import { customerGone } from './endings.js';
import { type LegEvent, speech } from './leg-event.js';
import { inMenu, menuBegins, menuGoesOn, menuTakesDigit } from './menu.js';
import type { MenuRules } from './menu-model.js';
import { wantedPlaces } from './wanted.js';

function connected(call: CallModel, at: number): Told[] {
  const main = activeHandling(call);
  if (!inTalk(main) || isAnnouncing(main)) return [];
  if (main.phase === 'held' && main.hold) {
    // A word from before the customer was asked to wait: the engine moves nobody by itself.
    if (wantedPlaces(call).get(call.arrival.legId) !== 'room') return [];
    const heldMs = Math.max(0, at - (main.hold.startedAt ?? at));
    return [tell(at, 'engine', 'hold.ended', { ...idsOf(main), holdId: main.hold.id, heldMs })];
  }
  return main.talkStartedAt === null ? [tell(at, 'engine', 'talk.started', idsOf(main))] : [];
}

function waiting(call: CallModel, at: number): Told[] {
  const main = activeHandling(call);
  if (main?.phase === 'talking' && main.hold && main.hold.startedAt === null) {
    return [tell(at, 'engine', 'hold.started', { ...idsOf(main), holdId: main.hold.id })];
  }
  return call.state === 'queued' ? [tell(at, 'engine', 'waiting.started', {})] : [];
}

/** An outbound call whose number has not been dialled yet: nothing can be told of the customer. */
const notDialled = (call: CallModel): boolean => call.dial?.startedAt === null;

/**
 * The line is open: a caller is led by the flow, if there is one; the number that an agent had dialled answered, and from
 * now on it is a call like any other.
 */
function answered(call: CallModel, at: number, rules: MenuRules | null): Told[] {
  if (call.openedAt !== null || notDialled(call)) return [];
  const opened = tell(at, 'engine', 'line.opened', {});
  const main = activeHandling(call);
  if (call.state === 'dialling' && main) return [opened, tell(at, 'engine', 'dial.answered', idsOf(main))];
  return rules ? [opened, ...menuBegins(call, rules, at)] : [opened];
}

function refused(call: CallModel, event: Extract<LegEvent, { kind: 'leg.refused' }>): Told[] {
  const main = activeHandling(call);
  if (call.state !== 'dialling' || !main || notDialled(call)) return [];
  const { at, why, sipStatus } = event;
  return [
    tell(at, 'engine', 'dial.refused', { ...idsOf(main), why, sipStatus: sipStatus ?? null }),
    ...customerGone(call, at, 'system', `not reached: ${why}`),
  ];
}

function whoEnded(call: CallModel, by: LegEnder) {
  if (by === 'remote' || by === 'vanished') return 'customer' as const;
  if (by === 'engine') return 'engine' as const;
  if (call.state === 'handed-over') return 'outside' as const;
  return activeHandling(call)?.hangUpCarriedOut ? ('agent' as const) : ('system' as const);
}

function digit(
  call: CallModel,
  event: Extract<LegEvent, { kind: 'leg.digit' }>,
  rules: MenuRules | null,
): Told[] {
  if (rules && inMenu(call) && !isFlooded(call, 'customer')) {
    return menuTakesDigit(call, rules, event.digit, event.at);
  }
  return digitHeard(call, 'customer', event.digit, event.at);
}

function promptFinished(
  call: CallModel,
  event: Extract<LegEvent, { kind: 'prompt.finished' }>,
  rules: MenuRules | null,
): Told[] {
  if (event.promptId !== call.promptId) return numberFinished(call, event.promptId, event.at);
  const finished = tell(event.at, 'engine', 'prompt.finished', { promptId: event.promptId });
  return [finished, ...(rules ? menuGoesOn(call, rules, event.at) : [])];
}

/** The facts that an event of the customer's leg adds. `rules`: of the flow that the caller is in. */
export function aboutCustomer(call: CallModel, event: LegEvent, rules: MenuRules | null): Told[] {
  switch (event.kind) {
    case 'leg.ringing': {
      const main = activeHandling(call);
      const rings = call.state === 'dialling' && main && !notDialled(call) && call.dial?.ringingAt === null;
      return rings ? [tell(event.at, 'engine', 'dial.ringing', idsOf(main))] : [];
    }
    case 'leg.answered':
      return answered(call, event.at, rules);
    case 'leg.refused':
      return refused(call, event);
    case 'leg.waiting':
      return waiting(call, event.at);
    case 'leg.connected':
      return connected(call, event.at);
    case 'leg.speaking':
    case 'leg.silent':
      return speech(activeHandling(call), event, 'customer');
    case 'leg.digit':
      return digit(call, event, rules);
    case 'prompt.finished':
      return promptFinished(call, event, rules);
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
