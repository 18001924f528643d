import type { TimelineEvent, TimelineEventOf } from '../../contracts/timeline.js';
import { handlingMachine } from './call-machine.js';
import type { HandlingModel } from './call-model.js';
import type { HoldModel } from './call-parts.js';

const fresh = {
  legAlive: true,
  formerLegIds: [],
  away: null,
  recallLegId: null,
  lostAt: null,
  ringStartedAt: null,
  answeredAt: null,
  announcesNumber: false,
  announcingSince: null,
  talkStartedAt: null,
  endedAt: null,
  fileShown: false,
  muted: false,
  microphoneLost: false,
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
  helpCalledAt: null,
  wrapUpStartedAt: null,
  wrapUpCompletedAt: null,
  wrapUp: null,
} as const satisfies Partial<HandlingModel>;

/** The part that a fact begins: a ring offered, or a lead's take-over. */
export function begunBy(event: TimelineEvent): HandlingModel | undefined {
  const at = Date.parse(event.at);
  if (event.kind === 'ring.offered') {
    const { handlingId, agentId, agentNumber, legId, transferId, announceNumber } = event.data;
    return {
      ...fresh,
      id: handlingId,
      agentId,
      agentNumber,
      legId,
      transferId: transferId ?? null,
      announcesNumber: announceNumber ?? false,
      tookOver: false,
      phase: 'offered',
      offeredAt: at,
    };
  }
  if (event.kind !== 'help.took-over') return undefined;
  const { newHandlingId, leadId, leadNumber, helpId } = event.data;
  return {
    ...fresh,
    id: newHandlingId,
    agentId: leadId,
    agentNumber: leadNumber,
    legId: helpLegOf(helpId),
    transferId: null,
    tookOver: true,
    phase: 'talking',
    offeredAt: at,
    answeredAt: at,
  };
}

/** A lead's leg is named after the help. */
export const helpLegOf = (helpId: string): string => `help-${helpId}`;

function speech(handling: HandlingModel, event: TimelineEvent, at: number): Partial<HandlingModel> {
  if (event.kind === 'speech.started') {
    return event.data.who === 'agent' ? { agentSpeaking: true } : { customerSpeaking: true };
  }
  if (event.kind !== 'speech.ended') return {};
  const lastSpeechAt = Math.max(handling.lastSpeechAt ?? 0, at);
  return event.data.who === 'agent'
    ? { agentSpeaking: false, thanksDue: false, lastSpeechAt }
    : { customerSpeaking: false, lastSpeechAt };
}

function holding(handling: HandlingModel, event: TimelineEvent, at: number): Partial<HandlingModel> {
  if (event.kind === 'hold.granted') {
    const hold: HoldModel = {
      id: event.data.holdId,
      reason: event.data.reason,
      limitMs: event.data.limitMs,
      grantedAt: at,
      startedAt: null,
      reminded: false,
      limitReached: false,
      ceilingReached: false,
      resumeRequested: false,
    };
    return { hold };
  }
  if (!handling.hold) return {};
  const changed = (change: Partial<HoldModel>) => ({ hold: { ...(handling.hold as HoldModel), ...change } });
  switch (event.kind) {
    case 'hold.started':
      return { ...changed({ startedAt: at }), holds: handling.holds + 1 };
    case 'hold.reminded':
      return changed({ reminded: true });
    case 'hold.limit-reached':
      return changed({ limitReached: true });
    case 'hold.ceiling-reached':
      return changed({ ceilingReached: true });
    case 'hold.resume-requested':
      return changed({ resumeRequested: true });
    case 'hold.ended':
      return { hold: null, heldMs: handling.heldMs + event.data.heldMs, thanksDue: true };
    default:
      return {};
  }
}

type ReturnFact = TimelineEventOf<
  'agent.away' | 'agent.recalled' | 'agent.recall-failed' | 'agent.back' | 'agent.moved'
>;

/** The agent's phone went in the middle of the talk, or another one takes its place. */
function awaited(handling: HandlingModel, event: ReturnFact, at: number): Partial<HandlingModel> {
  switch (event.kind) {
    case 'agent.away':
      return {
        away: { since: at, why: event.data.why },
        legAlive: false,
        agentSpeaking: false,
        microphoneLost: false,
        announcingSince: null,
      };
    case 'agent.recalled':
      return { recallLegId: event.data.legId };
    case 'agent.recall-failed':
      return {
        recallLegId: null,
        formerLegIds: [...handling.formerLegIds, event.data.legId],
      };
    case 'agent.back':
    case 'agent.moved':
      return {
        away: null,
        recallLegId: null,
        legId: event.data.legId,
        legAlive: true,
        formerLegIds: [...handling.formerLegIds, handling.legId],
      };
  }
}

/** What a fact changes on a handling, beside its phase. */
function changes(handling: HandlingModel, event: TimelineEvent, at: number): Partial<HandlingModel> {
  switch (event.kind) {
    case 'ring.started':
      return { ringStartedAt: at };
    case 'ring.moved':
      return { legId: event.data.legId, formerLegIds: [...handling.formerLegIds, handling.legId] };
    case 'ring.answered':
      return { answeredAt: at };
    case 'ring.missed':
    case 'ring.cancelled':
      return { endedAt: at, legAlive: false };
    case 'agent-number.started':
      return { announcingSince: at };
    case 'agent-number.ended':
      return { announcingSince: null };
    case 'talk.started':
      return { talkStartedAt: handling.talkStartedAt ?? at };
    case 'file.shown':
      return { fileShown: true };
    case 'mute.started':
      return { muted: true };
    case 'mute.ended':
      return { muted: false };
    case 'microphone.lost':
      return { microphoneLost: true };
    case 'microphone.back':
      return { microphoneLost: false };
    case 'hold.by-device':
      return { heldByDevice: true };
    case 'hold.by-device-ended':
      return { heldByDevice: false };
    case 'help.called':
      return { helpCalledAt: at };
    case 'help.call-withdrawn':
    case 'help.started':
      return { helpCalledAt: null };
    case 'charge.passed':
      // The customer of a transfer has waited: who takes over thanks for it (clause 26.8).
      return { thanksDue: event.data.why === 'transfer' };
    case 'consult.ended':
      return { endedAt: at, legAlive: false, agentSpeaking: false, customerSpeaking: false };
    case 'hang-up.requested':
      return { hangUp: { requestedAt: at, reason: event.data.reason } };
    case 'hang-up.withdrawn':
      return { hangUp: null };
    case 'hang-up.carried-out':
      return { hangUpCarriedOut: true };
    case 'agent.lost':
      return { legAlive: false, away: null, lostAt: at, announcingSince: null };
    case 'agent.away':
    case 'agent.recalled':
    case 'agent.recall-failed':
    case 'agent.back':
    case 'agent.moved':
      return awaited(handling, event, at);
    case 'wrap-up.started':
      return {
        endedAt: at,
        wrapUpStartedAt: at,
        announcingSince: null,
        hangUp: null,
        helpCalledAt: null,
        away: null,
        agentSpeaking: false,
        customerSpeaking: false,
      };
    case 'wrap-up.completed':
      return { wrapUpCompletedAt: at, wrapUp: event.data.record };
    default:
      return { ...speech(handling, event, at), ...holding(handling, event, at) };
  }
}

/** The handling after a fact; the same object when the fact is not about it. */
export function advanceHandling(handling: HandlingModel, event: TimelineEvent): HandlingModel {
  if (event.kind === 'call.ended') return handling.legAlive ? { ...handling, legAlive: false } : handling;
  if (!('handlingId' in event.data) || event.data.handlingId !== handling.id) return handling;
  const phase = handlingMachine.next(handling.phase, event.kind) ?? handling.phase;
  return { ...handling, ...changes(handling, event, Date.parse(event.at)), phase };
}
