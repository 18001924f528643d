import type { CommandPayload } from '../../contracts/socket.js';
import { refuse } from '../../kernel/refusal.js';
import { isAnnouncing } from './agent-number.js';
import { idsOf, inConference, inTalk } from './call-model.js';
import { leaveConference } from './conference-commands.js';
import { because, type Decision, iso, nothing, tell } from './decision.js';
import { type Desk, done, notNow } from './desk.js';
import { agentGone, ringMissed } from './endings.js';

/** Clauses 24.13, 26.4: a hold has a reason, the customer's consent and a promised limit. */
export function holdCall(desk: Desk, wish: CommandPayload<'hold-call'>): Decision {
  const { handling, policy, now } = desk;
  const ids = idsOf(handling);
  if (handling.phase !== 'talking' || desk.call.state !== 'talking') return notNow(desk);
  if (handling.id !== desk.call.mainId || handling.hold || isAnnouncing(handling)) return notNow(desk);
  if (desk.call.transfer) return because(refuse('transfer.under-way'));
  // The others would be left with somebody they did not call, or alone.
  if (inConference(desk.call)) return because(refuse('hold.conference'));
  if (!policy.hold.reasons.some(({ code }) => code === wish.reason)) {
    return because(refuse('hold.reason-unknown', { reason: wish.reason }));
  }
  if (wish.limitMs > policy.hold.ceilingMs) {
    return because(refuse('hold.limit-too-long', { ceilingMs: policy.hold.ceilingMs }));
  }
  if (!wish.consent) {
    return {
      facts: [tell(now, 'agent', 'hold.declined', { ...ids, reason: wish.reason })],
      refusal: refuse('hold.no-consent', { offer: 'call-back' }),
    };
  }
  const holdId = crypto.randomUUID();
  return done(
    tell(now, 'agent', 'hold.granted', { ...ids, holdId, reason: wish.reason, limitMs: wish.limitMs }),
  );
}

export function resumeCall(desk: Desk): Decision {
  const { handling, now } = desk;
  if (handling.phase !== 'held' || !handling.hold) return notNow(desk);
  if (desk.call.transfer) return because(refuse('transfer.under-way'));
  return done(tell(now, 'agent', 'hold.resume-requested', { ...idsOf(handling), holdId: handling.hold.id }));
}

export function muteCall(desk: Desk, mute: boolean): Decision {
  const { handling, now } = desk;
  if (handling.phase !== 'talking' && handling.phase !== 'held') return notNow(desk);
  if (handling.muted === mute) return nothing;
  return done(tell(now, 'agent', mute ? 'mute.started' : 'mute.ended', idsOf(handling)));
}

/** Says to the customer that the agent cannot be heard now; the file lives with the engine's sounds. */
export const agentUnheardSound = 'sanling/agent-unheard';

/** The agent's microphone went, or is there again. A customer who talks with nobody else hears why it is quiet. */
export function microphoneIs(desk: Desk, lost: boolean): Decision {
  const { call, handling, now } = desk;
  if (!inTalk(handling)) return notNow(desk);
  if (handling.microphoneLost === lost) return nothing;
  const told = tell(now, 'agent', lost ? 'microphone.lost' : 'microphone.back', idsOf(handling));
  const alone = handling.id === call.mainId && call.state === 'talking' && !inConference(call);
  if (!lost || !alone || call.promptId !== null) return done(told);
  const promptId = `prompt-${call.id}-${call.promptsPlayed + 1}`;
  return done(told, tell(now, 'system', 'prompt.started', { promptId, sound: agentUnheardSound }));
}

export function sendDigits(desk: Desk, digits: string): Decision {
  const { call, handling } = desk;
  const toTarget = call.transfer?.partyId && call.transfer.answeredAt !== null && handling.phase === 'held';
  if (handling.id !== call.mainId || (call.state !== 'talking' && !toTarget)) return notNow(desk);
  return done(tell(desk.now, 'agent', 'digit.sent', { ...idsOf(desk.handling), digits }));
}

/**
 * Clauses 23.15, 27.2: the customer hangs up first. Without a reason the hang-up waits for the customer, with one it
 * ends the call at once; the evaluator judges the reason.
 */
export function hangUpCall(desk: Desk, reason: string | undefined): Decision {
  const { handling, policy, now } = desk;
  // Not responsible for the customer: going is nobody's wait.
  if (handling.phase === 'consulted') return { facts: agentGone(desk.call, handling, now, 'left') };
  if (handling.phase === 'talking' && handling.id !== desk.call.mainId) return leaveConference(desk);
  const inCall = handling.phase === 'talking' || handling.phase === 'held';
  if (!inCall || handling.hangUpCarriedOut) return notNow(desk);
  if (reason !== undefined && !policy.hangUp.reasons.some(({ code }) => code === reason)) {
    return because(refuse('hang-up.reason-unknown', { reason }));
  }
  const requested = (until: number) =>
    tell(now, 'agent', 'hang-up.requested', {
      ...idsOf(handling),
      graceUntil: iso(until),
      reason: reason ?? null,
    });
  if (reason !== undefined) {
    return done(requested(now), tell(now, 'agent', 'hang-up.carried-out', { ...idsOf(handling), reason }));
  }
  if (desk.call.state === 'dialling') {
    return done(tell(now, 'agent', 'hang-up.carried-out', { ...idsOf(handling), reason: null }));
  }
  // A customer who waits with music cannot hang up first in good manners: take them back before the goodbye.
  if (handling.phase === 'held') return notNow(desk);
  if (handling.hangUp)
    return because(refuse('hang-up.wait-for-customer', { graceMs: policy.hangUp.graceMs }));
  return done(requested(Math.max(now, handling.lastSpeechAt ?? 0) + policy.hangUp.graceMs));
}

export function withdrawHangUp(desk: Desk): Decision {
  const { handling, now } = desk;
  if (!handling.hangUp || handling.hangUpCarriedOut) return notNow(desk);
  return done(tell(now, 'agent', 'hang-up.withdrawn', idsOf(handling)));
}

export function answerCall(desk: Desk): Decision {
  const { phase } = desk.handling;
  // The phone's own answer is the fact; this only tells the agent early when the call has gone.
  return phase === 'offered' || phase === 'ringing' ? nothing : notNow(desk);
}

export function rejectCall(desk: Desk): Decision {
  const facts = ringMissed(desk.call, desk.handling, desk.now, 'agent', 'rejected');
  return facts.length > 0 ? { facts } : notNow(desk);
}

/** Clause 23.5: the customer's file was in view. */
export function fileShown(desk: Desk): Decision {
  const { handling, now } = desk;
  if (handling.fileShown || handling.phase === 'missed' || handling.phase === 'cancelled') return nothing;
  return done(tell(now, 'agent', 'file.shown', idsOf(handling)));
}

/** Clauses 23.4, 24.12, 26.9: the record is complete or stays open. `missing` is the standard's word on it. */
export function completeWrapUp(
  desk: Desk,
  record: CommandPayload<'complete-wrap-up'>['record'],
  missing: readonly string[],
): Decision {
  const { handling, policy, now } = desk;
  if (handling.phase !== 'wrap-up') {
    return because(refuse('call.not-allowed-now', { state: desk.call.state, phase: handling.phase }));
  }
  if (missing.length > 0) return because(refuse('wrap-up.incomplete', { missing }));
  if (!policy.wrapUp.outcomes.some(({ code }) => code === record.outcome)) {
    return because(refuse('wrap-up.outcome-unknown', { outcome: record.outcome }));
  }
  return done(tell(now, 'agent', 'wrap-up.completed', { ...idsOf(handling), record }));
}
