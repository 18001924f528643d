import type { Floor, FloorCall } from '@contracts/floor';
import type { Presence } from '@contracts/presence';

/** What the board shows of an agent: a presence state, or `held` when the agent's customer waits on hold. */
export type BoardState = Presence['state'] | 'held';

/** Why an agent stands where they stand, the most urgent first; each has a text under `floor.needs`. */
export const needs = [
  'help',
  'hold-ceiling',
  'hold-limit',
  'phone-away',
  'device-lost',
  'missed-call',
  'long-hold',
  'long-call',
  'wrap-up-over',
  'held',
  'ringing',
  'talking',
  'wrap-up',
  'ready',
  'away',
  'offline',
] as const;
export type Need = (typeof needs)[number];

/** Needs that call for the lead's eye: the card says so. */
const urgentNeeds: readonly Need[] = needs.slice(0, needs.indexOf('held'));

export interface BoardLimits {
  /** A hold of this length is worth a look although its limit has not come. */
  longHoldMs: number;
  longCallMs: number;
  wrapUpTargetMs: number;
}

export interface BoardCard {
  presence: Presence;
  call: FloorCall | null;
  state: BoardState;
  /** The running timer counts from here. */
  since: string;
  need: Need;
  urgent: boolean;
}

const reached = (iso: string | null, nowMs: number): boolean => iso !== null && Date.parse(iso) <= nowMs;

function needOf(presence: Presence, call: FloorCall | null, nowMs: number, limits: BoardLimits): Need {
  const lasted = (iso: string) => nowMs - Date.parse(iso);
  if (call?.helpCalledAt) return 'help';
  if (call?.awaySince) return 'phone-away';
  if (call?.state === 'held') {
    if (reached(call.holdCeilingAt, nowMs)) return 'hold-ceiling';
    if (reached(call.holdLimitAt, nowMs)) return 'hold-limit';
    return lasted(call.stateSince) >= limits.longHoldMs ? 'long-hold' : 'held';
  }
  switch (presence.state) {
    case 'talking':
      return lasted(presence.since) >= limits.longCallMs ? 'long-call' : 'talking';
    case 'wrap-up':
      return lasted(presence.since) >= limits.wrapUpTargetMs ? 'wrap-up-over' : 'wrap-up';
    case 'not-ready':
      if (presence.reason === 'device-lost' || presence.reason === 'missed-call') return presence.reason;
      return 'away';
    default:
      return presence.state;
  }
}

function cardOf(
  presence: Presence,
  calls: readonly FloorCall[],
  nowMs: number,
  limits: BoardLimits,
): BoardCard {
  const call = calls.find((one) => one.callId === presence.callId && one.state !== 'ended') ?? null;
  const held = call?.state === 'held';
  const need = needOf(presence, call, nowMs, limits);
  return {
    presence,
    call,
    state: held ? 'held' : presence.state,
    since: call?.awaySince ?? (held ? call.stateSince : presence.since),
    need,
    urgent: urgentNeeds.includes(need),
  };
}

/** The agents as cards, those who need help first; among equals the longest in their state, then by number. */
export function boardCards(floor: Floor, nowMs: number, limits: BoardLimits): BoardCard[] {
  return floor.agents
    .map((presence) => cardOf(presence, floor.calls, nowMs, limits))
    .sort(
      (a, b) =>
        needs.indexOf(a.need) - needs.indexOf(b.need) ||
        Date.parse(a.since) - Date.parse(b.since) ||
        a.presence.agentNumber.localeCompare(b.presence.agentNumber),
    );
}

/**
 * Keeps an order seen before: nothing moves under the pointer. Agents who came meanwhile follow at the end, those who
 * went leave.
 */
export function keepOrder(cards: readonly BoardCard[], seen: readonly string[]): BoardCard[] {
  const place = (card: BoardCard) => {
    const index = seen.indexOf(card.presence.agentId);
    return index === -1 ? seen.length : index;
  };
  return [...cards].sort((a, b) => place(a) - place(b));
}

const waitingStates: readonly FloorCall['state'][] = ['arriving', 'menu', 'queued', 'ringing'];

/** Customers no agent has yet, the longest waiting first. */
export function waitingCalls(floor: Floor): FloorCall[] {
  return floor.calls
    .filter((call) => waitingStates.includes(call.state))
    .sort((a, b) => Date.parse(a.arrivedAt) - Date.parse(b.arrivedAt));
}
