import type { Target, TransferMode } from '../../contracts/transfer.js';
import { refuse } from '../../kernel/refusal.js';
import { isAnnouncing } from './agent-number.js';
import { type HandlingModel, idsOf, inConference, isOpen, targetLeg } from './call-model.js';
import { because, type Decision, type Told, tell } from './decision.js';
import { type Desk, done, notNow } from './desk.js';
import { customerBack, targetDismissed, transferCompleted } from './transfer-endings.js';

export interface TransferWish {
  mode: TransferMode;
  target: Target;
  reason: string;
  consent: boolean;
  matter: string;
  /** Of the target agent, who has been reserved for it. */
  reserved?: { handlingId: string };
}

/** Ids that facts about a transfer carry. */
const idsOfTransfer = (handling: HandlingModel, transferId: string) => ({ ...idsOf(handling), transferId });

/** The target's phone begins to be rung; a queue finds its agent first. */
function asked(desk: Desk, wish: TransferWish, transferId: string): Told[] {
  const { call, now } = desk;
  const { target, reserved } = wish;
  if (target.kind === 'queue') return [];
  if (target.kind === 'agent') {
    const handlingId = reserved?.handlingId ?? crypto.randomUUID();
    return [
      tell(now, 'system', 'ring.offered', {
        handlingId,
        agentId: target.id ?? '',
        agentNumber: target.number ?? '',
        legId: `agent-${handlingId}`,
        attempt: call.attempts + 1,
        transferId,
      }),
    ];
  }
  const partyId = crypto.randomUUID();
  const { number, name } = target;
  const legId = `party-${partyId}`;
  return [tell(now, 'system', 'party.dialled', { partyId, transferId, legId, number: number ?? '', name })];
}

/** Why the transfer may not be begun as things stand; undefined: it may. */
function hindrance(desk: Desk, { mode, target, reason }: TransferWish): Decision | undefined {
  const { call, handling, policy } = desk;
  if (handling.id !== call.mainId || handling.phase !== 'talking' || call.state !== 'talking')
    return notNow(desk);
  if (handling.hangUpCarriedOut || handling.hold || isAnnouncing(handling)) return notNow(desk);
  if (call.transfer) return because(refuse('transfer.under-way'));
  if (mode === 'consult' && inConference(call)) return because(refuse('hold.conference'));
  if (!policy.transfer.reasons.some(({ code }) => code === reason)) {
    return because(refuse('transfer.reason-unknown', { reason }));
  }
  if (target.kind !== 'agent') return undefined;
  if (target.id === handling.agentId) return because(refuse('transfer.to-oneself'));
  const here =
    call.handlings.some((other) => isOpen(other) && other.agentId === target.id) ||
    call.helps.some(({ phase, leadId }) => phase !== 'gone' && leadId === target.id);
  return here ? because(refuse('transfer.already-in-call')) : undefined;
}

/** Clauses 24.13, 26.6: reason and consent first; then the customer waits with music and the target is rung. */
export function requestTransfer(desk: Desk, wish: TransferWish): Decision {
  const { handling, policy, now } = desk;
  const hindered = hindrance(desk, wish);
  if (hindered) return hindered;
  const { mode, target, reason, matter } = wish;
  if (!wish.consent) {
    return {
      facts: [tell(now, 'agent', 'transfer.declined', { ...idsOf(handling), reason, target })],
      refusal: refuse('transfer.no-consent', { offer: 'call-back' }),
    };
  }
  const ids = idsOfTransfer(handling, crypto.randomUUID());
  const { limitMs } = policy.transfer;
  const wait = { ...ids, holdId: crypto.randomUUID(), reason: 'transfer', limitMs };
  return done(
    tell(now, 'agent', 'transfer.requested', { ...ids, mode, reason, matter, target }),
    ...(mode === 'consult' ? [tell(now, 'agent', 'hold.granted', wait)] : []),
    ...asked(desk, wish, ids.transferId),
  );
}

/** The transfer that this desk leads, or why there is none to act on. `answered`: the target must be there. */
function led(desk: Desk, answered: boolean): Decision | undefined {
  const { call, handling } = desk;
  if (call.state === 'ended') return notNow(desk);
  if (!call.transfer || call.transfer.handlingId !== handling.id) return because(refuse('transfer.none'));
  if (!answered) return undefined;
  return call.transfer.answeredAt === null || !targetLeg(call)
    ? because(refuse('transfer.not-answered'))
    : undefined;
}

/** Clause 26.7: the customer is handed over only to somebody who has answered. */
export function completeTransfer(desk: Desk): Decision {
  const refused = led(desk, true);
  if (refused) return refused;
  const { call, handling, now } = desk;
  return done(
    ...transferCompleted(call, now, 'by-agent'),
    tell(now, 'system', 'wrap-up.started', idsOf(handling)),
  );
}

/** Back to the customer; the target is let go. */
export function withdrawTransfer(desk: Desk): Decision {
  const refused = led(desk, false);
  const { call, handling, now } = desk;
  if (refused || !call.transfer) return refused ?? notNow(desk);
  return done(
    tell(now, 'agent', 'transfer.withdrawn', idsOfTransfer(handling, call.transfer.id)),
    ...targetDismissed(call, now),
    ...customerBack(call, now, 'agent'),
  );
}

/** The agent talks with the other of the two; the one they leave hears music. */
export function swapTransfer(desk: Desk): Decision {
  const refused = led(desk, true);
  const { call, handling, policy, now } = desk;
  if (refused || !call.transfer) return refused ?? notNow(desk);
  const ids = idsOfTransfer(handling, call.transfer.id);
  if (call.transfer.with === 'target') {
    if (handling.phase !== 'held') return notNow(desk);
    return done(
      tell(now, 'agent', 'transfer.swapped', { ...ids, with: 'customer' }),
      ...customerBack(call, now, 'agent'),
    );
  }
  if (handling.phase !== 'talking' || handling.hold) return notNow(desk);
  const wait = { ...ids, holdId: crypto.randomUUID(), reason: 'transfer', limitMs: policy.transfer.limitMs };
  return done(
    tell(now, 'agent', 'transfer.swapped', { ...ids, with: 'target' }),
    tell(now, 'agent', 'hold.granted', wait),
  );
}

/** Everybody together: a conference. */
export function mergeTransfer(desk: Desk): Decision {
  const refused = led(desk, true);
  const { call, handling, now } = desk;
  if (refused || !call.transfer) return refused ?? notNow(desk);
  const target = call.handlings.find(({ id }) => id === call.transfer?.targetHandlingId);
  return done(
    tell(now, 'agent', 'transfer.merged', idsOfTransfer(handling, call.transfer.id)),
    ...(target ? [tell(now, 'system', 'member.joined', idsOf(target))] : []),
    ...customerBack(call, now, 'agent'),
  );
}
