import type { CallTimers, DeskCall } from '../../contracts/call.js';
import type { PolicyDocument } from '../../contracts/policy.js';
import type { TimelineEvent } from '../../contracts/timeline.js';
import type { WrapUpDraft } from '../../contracts/wrap-up.js';
import { evaluate } from '../../standard/domain/evaluate.js';
import { fillScript } from '../../standard/domain/script.js';
import { isAnnouncing } from './agent-number.js';
import { allowedCommands } from './allowed.js';
import { type CallModel, type HandlingModel, seatOf } from './call-model.js';
import { graceUntil, ringMs } from './deadlines.js';
import { iso } from './decision.js';
import { briefing, deskHelpers, dialView, members, type Names, transferView } from './desk-view-transfer.js';
import { customerNumber } from './outbound.js';

export interface DeskViewInput {
  call: CallModel;
  handling: HandlingModel;
  timeline: readonly TimelineEvent[];
  policy: PolicyDocument;
  draft: WrapUpDraft;
  /** The drafts of the call's other agents, by handling: what a colleague wrote is the briefing of who takes over. */
  drafts: ReadonlyMap<string, WrapUpDraft>;
  names: Names;
  now: number;
}

const isoOrNull = (ms: number | null) => (ms === null ? null : iso(ms));

function holdTimer(handling: HandlingModel, policy: PolicyDocument): CallTimers['hold'] {
  const { hold } = handling;
  if (handling.phase !== 'held' || !hold || hold.startedAt === null) return null;
  const limitAt = hold.startedAt + hold.limitMs;
  const ceilingAt = hold.startedAt + policy.hold.ceilingMs;
  return {
    startedAt: iso(hold.startedAt),
    limitAt: iso(limitAt),
    ceilingAt: iso(ceilingAt),
    remindAt: iso(Math.min(limitAt, ceilingAt) - policy.hold.remindBeforeMs),
    limitMs: hold.limitMs,
  };
}

function graceTimer(handling: HandlingModel, policy: PolicyDocument, now: number): CallTimers['grace'] {
  if (!handling.hangUp || handling.hangUpCarriedOut) return null;
  // While somebody speaks the grace has not begun: it counts from now at the earliest.
  const until = graceUntil(handling, policy.hangUp.graceMs) ?? now + policy.hangUp.graceMs;
  return { requestedAt: iso(handling.hangUp.requestedAt), until: iso(until) };
}

function timers({ handling, policy, now }: DeskViewInput): CallTimers {
  const ring = handling.phase === 'ringing' ? handling.ringStartedAt : null;
  const wrapUp = handling.phase === 'wrap-up' ? handling.wrapUpStartedAt : null;
  return {
    ring:
      ring === null
        ? null
        : {
            startedAt: iso(ring),
            ringMs: policy.ring.onMs + policy.ring.offMs,
            rings: policy.ring.rings,
            endsAt: iso(ring + ringMs(policy.ring)),
          },
    hold: holdTimer(handling, policy),
    grace: graceTimer(handling, policy, now),
    wrapUp:
      wrapUp === null ? null : { startedAt: iso(wrapUp), targetAt: iso(wrapUp + policy.wrapUp.targetMs) },
  };
}

function holdAlarm({ hold }: HandlingModel): DeskCall['holdAlarm'] {
  if (!hold) return 'none';
  if (hold.ceilingReached) return 'ceiling';
  if (hold.limitReached) return 'limit';
  return hold.reminded ? 'reminder' : 'none';
}

function awayView({ away }: HandlingModel, policy: PolicyDocument): DeskCall['away'] {
  return away && { since: iso(away.since), until: iso(away.since + policy.away.limitMs) };
}

/** The last agent who was lost to this customer before `handling` began. */
function lostBefore(call: CallModel, handling: HandlingModel): DeskCall['lostBefore'] {
  const lost = call.handlings.findLast(
    ({ id, lostAt }) => id !== handling.id && lostAt !== null && lostAt <= handling.offeredAt,
  );
  return lost?.lostAt == null ? null : { agentNumber: lost.agentNumber, at: iso(lost.lostAt) };
}

/** What the agent's desk shows of its call. Everything the desk needs to know is in it; the desk derives nothing. */
export function deskCall(input: DeskViewInput): DeskCall {
  const { call, handling, timeline, policy, draft, now } = input;
  const told = briefing(call, handling, input.drafts, input.names);
  const known = { customerName: draft.customerName || told?.customerName, topic: told?.topic };
  return {
    callId: call.id,
    handlingId: handling.id,
    version: call.seq,
    state: call.state,
    phase: handling.phase,
    channel: call.arrival.channel,
    fromNumber: customerNumber(call),
    fromName: call.arrival.fromName,
    dialled: call.arrival.dialled,
    serviceName: call.arrival.serviceName,
    queueName: call.queue?.name ?? null,
    menuChoices: [...(call.menu?.choices ?? [])],
    arrivedAt: iso(call.arrivedAt),
    queuedAt: isoOrNull(call.queue?.enteredAt ?? null),
    answeredAt: isoOrNull(handling.answeredAt),
    endedAt: isoOrNull(handling.endedAt),
    endedBy: call.endedBy,
    muted: handling.muted,
    thanksDue: handling.phase === 'talking' && handling.thanksDue,
    holdAlarm: holdAlarm(handling),
    holds: handling.holds,
    agentLegId: handling.legId,
    recallLegId: handling.recallLegId,
    away: awayView(handling, policy),
    announcing: isAnnouncing(handling),
    lostBefore: lostBefore(call, handling),
    timers: timers(input),
    allowed: allowedCommands(call, handling),
    script: fillScript(policy, {
      agentNumber: handling.agentNumber,
      at: handling.answeredAt ?? now,
      customerName: known.customerName,
      topic: known.topic,
      outbound: call.dial !== null,
    }),
    verdicts: evaluate({ timeline, handlingId: handling.id, policy, asOf: now }),
    draft,
    direction: call.arrival.direction,
    dial: dialView(call),
    seat: seatOf(call, handling),
    transfer: transferView(call, handling, policy),
    transferFailed: call.transferFailed?.handlingId === handling.id ? pick(call.transferFailed) : null,
    briefing: told,
    members: members(call, handling, input.names),
    helpCalledAt: isoOrNull(handling.helpCalledAt),
    helpers: deskHelpers(call, policy),
  };
}

const pick = ({ why, target }: NonNullable<CallModel['transferFailed']>) => ({ why, target });
