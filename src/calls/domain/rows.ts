import type { PolicyDocument } from '../../contracts/policy.js';
import type { TimelineEvent } from '../../contracts/timeline.js';
import { evaluate, judgeVersion } from '../../standard/domain/evaluate.js';
import type { CallModel, HandlingModel } from './call-model.js';
import { nodeOf, settled } from './call-model.js';

const date = (ms: number | null) => (ms === null ? null : new Date(ms));

/** The moment the first agent answered; null when nobody did. */
export function answeredAt(call: CallModel): number | null {
  return call.handlings.find((handling) => handling.answeredAt !== null)?.answeredAt ?? null;
}

/** Answer to end of every handling, holds included; null when nobody answered. */
function talkedMs(call: CallModel): number | null {
  const talks = call.handlings.filter(
    (handling) => handling.answeredAt !== null && handling.endedAt !== null,
  );
  if (talks.length === 0) return null;
  return talks.reduce((sum, { endedAt, answeredAt }) => sum + (endedAt ?? 0) - (answeredAt ?? 0), 0);
}

/** The call's row for lists. */
export function callRow(call: CallModel) {
  return {
    id: call.id,
    node: nodeOf(call),
    version: call.seq,
    state: call.state,
    outcome: call.outcome,
    direction: call.arrival.direction,
    channel: call.arrival.channel,
    fromNumber: call.arrival.fromNumber,
    fromName: call.arrival.fromName,
    dialled: call.arrival.dialled,
    queueId: call.queue?.id ?? null,
    queueName: call.queue?.name ?? null,
    policyVersion: call.arrival.policyVersion,
    arrivedAt: new Date(call.arrivedAt),
    queuedAt: date(call.queue?.enteredAt ?? null),
    answeredAt: date(answeredAt(call)),
    endedAt: date(call.customerLeftAt),
    endedBy: call.endedBy,
    talkedMs: talkedMs(call),
    heldMs: call.handlings.reduce((sum, { heldMs }) => sum + heldMs, 0),
    holds: call.handlings.reduce((sum, { holds }) => sum + holds, 0),
    settled: settled(call),
  };
}

/** A handling's row. */
export function handlingRow(callId: string, handling: HandlingModel) {
  return {
    id: handling.id,
    callId,
    agentId: handling.agentId,
    agentNumber: handling.agentNumber,
    phase: handling.phase,
    offeredAt: new Date(handling.offeredAt),
    answeredAt: date(handling.answeredAt),
    endedAt: date(handling.endedAt),
    wrapUpCompletedAt: date(handling.wrapUpCompletedAt),
    wrapUp: handling.wrapUp,
  };
}

/** What the standard says of every handling once the call is over: it stands, whatever is judged by later. */
export function judgementRows(call: CallModel, timeline: readonly TimelineEvent[], policy: PolicyDocument) {
  return call.handlings.map(({ id: handlingId }) => ({
    handlingId,
    policyVersion: call.arrival.policyVersion,
    judgeVersion,
    judgedAt: new Date(call.lastFactAt),
    verdicts: evaluate({ timeline, handlingId, policy, asOf: call.lastFactAt }),
  }));
}
