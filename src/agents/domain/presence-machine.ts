import type { NotReadyReason, PresenceState } from '../../contracts/presence.js';
import { machine } from '../../kernel/state-machine.js';

/*
 *             signed-in                 ready-wished                reserved             answered
 *   offline ─────────────▶ not-ready ─────────────────▶ ready ───────────────▶ ringing ──────────▶ talking
 *      ▲                     ▲   ▲ ▲ ▲◀─ not-ready-wished │ ▲ ▲ │                  │ │                  │ talk-ended
 *      └──── left (also      │   │ │ └──── device-lost ───┘ │ └─┼──── released ────┘ │                  ▼
 *            from ready) ────┘   │ └────────────────────────┼───┼───── missed ───────┘               wrap-up
 *                                └── freed-not-ready ───────┼───┼────────────────────────────────────┘ │
 *                                                           └───┼──── freed-ready ─────────────────────┘
 *
 * `took-call`: from ready or not-ready straight to talking, by the agent's own doing: dialling out, or a lead who takes over.
 * `reserved` is the one move made outside this file: routing takes the waiting call and the agent in one Redis script
 * (see ../reservation.ts), which makes the same change.
 */
export type PresenceMove =
  | 'signed-in'
  | 'ready-wished'
  | 'not-ready-wished'
  | 'reserved'
  | 'answered'
  | 'missed'
  | 'released'
  | 'talk-ended'
  | 'took-call'
  | 'freed-ready'
  | 'freed-not-ready'
  | 'device-lost'
  | 'left'
  | FoundMove;

/** A call holds the agent and nobody knew: Redis was away when it was told, or lost it. From any state. */
export type FoundMove = 'found-ringing' | 'found-talking' | 'found-wrap-up';
const found = {
  'found-ringing': 'ringing',
  'found-talking': 'talking',
  'found-wrap-up': 'wrap-up',
} as const satisfies Record<FoundMove, PresenceState>;

export const presenceMachine = machine<PresenceState, PresenceMove>('offline', [], {
  offline: { ...found, 'signed-in': 'not-ready', 'ready-wished': 'ready', 'not-ready-wished': 'not-ready' },
  'not-ready': {
    ...found,
    'ready-wished': 'ready',
    'not-ready-wished': 'not-ready',
    'took-call': 'talking',
    left: 'offline',
  },
  ready: {
    ...found,
    'ready-wished': 'ready',
    'not-ready-wished': 'not-ready',
    reserved: 'ringing',
    'took-call': 'talking',
    'device-lost': 'not-ready',
    left: 'offline',
  },
  // A talk may end whose answer was never told here (the server stopped between the two): the agent wraps up all the same.
  ringing: { ...found, answered: 'talking', missed: 'not-ready', released: 'ready', 'talk-ended': 'wrap-up' },
  talking: { ...found, 'talk-ended': 'wrap-up' },
  'wrap-up': { ...found, 'freed-ready': 'ready', 'freed-not-ready': 'not-ready' },
});

/** What is kept of an agent's presence. Times: ms since the epoch. */
export interface PresenceModel {
  state: PresenceState;
  since: number;
  /** When the agent last became free for calls: the longest idle is offered the next call. Kept through a released ring. */
  idleSince: number;
  reason: NotReadyReason | null;
  callId: string | null;
  handlingId: string | null;
  deviceReady: boolean;
  next: 'ready' | 'not-ready' | null;
  nextReason: NotReadyReason | null;
}

/** What a presence is before anything was told of the agent. */
export const absent = (since: number): PresenceModel => ({
  state: 'offline',
  since,
  idleSince: since,
  reason: null,
  callId: null,
  handlingId: null,
  deviceReady: false,
  next: null,
  nextReason: null,
});

/** States in which a call holds the agent. */
export const heldByCall = ({ state }: PresenceModel): boolean =>
  state === 'ringing' || state === 'talking' || state === 'wrap-up';
