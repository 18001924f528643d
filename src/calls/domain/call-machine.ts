import type { CallState, HandlingPhase } from '../../contracts/call.js';
import type { FactKind } from '../../contracts/timeline.js';
import { machine } from '../../kernel/state-machine.js';

/*
 * The customer's contact:
 *
 *   arriving ──queue.entered──▶ queued ──ring.started──▶ ringing ──ring.answered──▶ talking ◀──hold.ended── held
 *     │ └─menu.entered─▶ menu ─▶ ▲ ▲──────ring.missed─────┘                         │ │ └──hold.started──▶ ──┘
 *     │                          └───────────queue.entered (the agent was lost)─────┘ └─customer.handed-over─▶ handed-over
 *     └─dial.prepared─▶ dialling ──dial.answered──▶ talking
 *   customer.left leads to ended from everywhere. The legs are gone when `call.ended` follows.
 */
export const callMachine = machine<CallState, FactKind>('arriving', ['ended'], {
  arriving: {
    'menu.entered': 'menu',
    'queue.entered': 'queued',
    'dial.prepared': 'dialling',
    'customer.left': 'ended',
  },
  menu: { 'queue.entered': 'queued', 'customer.left': 'ended' },
  queued: { 'ring.started': 'ringing', 'ring.answered': 'talking', 'customer.left': 'ended' },
  ringing: { 'ring.answered': 'talking', 'ring.missed': 'queued', 'customer.left': 'ended' },
  dialling: { 'dial.answered': 'talking', 'customer.left': 'ended' },
  talking: {
    'hold.started': 'held',
    'queue.entered': 'queued',
    'customer.handed-over': 'handed-over',
    'customer.left': 'ended',
  },
  held: { 'hold.ended': 'talking', 'queue.entered': 'queued', 'customer.left': 'ended' },
  'handed-over': { 'customer.left': 'ended' },
  ended: {},
});

/*
 * One agent's part:
 *
 *   offered ─▶ ringing ─▶ talking ◀─▶ held      missed: the agent did not answer; cancelled: the caller went first
 *      └─────────┴─▶ missed │ cancelled └─▶ wrap-up ─▶ closed
 *
 * A transfer's target: … ringing ─▶ talking ─consult.started (at once)─▶ consulted ─charge.passed, member.joined─▶ talking
 *                                                                           └─consult.ended─▶ closed
 */
export const handlingMachine = machine<HandlingPhase, FactKind>(
  'offered',
  ['closed', 'missed', 'cancelled'],
  {
    offered: {
      'ring.started': 'ringing',
      'ring.answered': 'talking',
      'ring.missed': 'missed',
      'ring.cancelled': 'cancelled',
    },
    ringing: { 'ring.answered': 'talking', 'ring.missed': 'missed', 'ring.cancelled': 'cancelled' },
    talking: { 'hold.started': 'held', 'wrap-up.started': 'wrap-up', 'consult.started': 'consulted' },
    consulted: { 'charge.passed': 'talking', 'member.joined': 'talking', 'consult.ended': 'closed' },
    held: { 'hold.ended': 'talking', 'wrap-up.started': 'wrap-up' },
    'wrap-up': { 'wrap-up.completed': 'closed' },
    closed: {},
    missed: {},
    cancelled: {},
  },
);
