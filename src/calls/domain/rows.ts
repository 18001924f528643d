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
