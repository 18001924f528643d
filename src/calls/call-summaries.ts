import type { CallSummary, HandlingSummary } from '../contracts/call.js';
import type { Person } from '../contracts/identity.js';
import type { CallRow } from './call.entity.js';
import { maskedParties } from './domain/masked.js';
import type { HandlingRow } from './handling.entity.js';

const iso = (date: Date | null) => date?.toISOString() ?? null;

/** A handling as lists show it. */
export function handlingSummary(row: HandlingRow, people: ReadonlyMap<string, Person>): HandlingSummary {
  return {
    id: row.id,
    callId: row.callId,
    agentId: row.agentId,
    agentNumber: row.agentNumber,
    agentName: people.get(row.agentId)?.name ?? row.agentNumber,
    phase: row.phase,
    offeredAt: row.offeredAt.toISOString(),
    answeredAt: iso(row.answeredAt),
    endedAt: iso(row.endedAt),
    wrapUpCompletedAt: iso(row.wrapUpCompletedAt),
  };
}

/** A call as lists show it, with the agents who were offered it; number and name of the customer are masked. */
export function callSummary(
  row: CallRow,
  handlings: readonly HandlingRow[],
  people: ReadonlyMap<string, Person>,
): CallSummary {
  const answered = handlings.filter(({ answeredAt }) => answeredAt !== null);
  const agents = new Map(answered.map(({ agentId, agentNumber }) => [agentId, agentNumber]));
  const waitedUntil = row.answeredAt ?? row.endedAt;
  return {
    id: row.id,
    direction: row.direction,
    channel: row.channel,
    state: row.state,
    outcome: row.outcome,
    ...maskedParties(row),
    queueName: row.queueName,
    arrivedAt: row.arrivedAt.toISOString(),
    answeredAt: iso(row.answeredAt),
    endedAt: iso(row.endedAt),
    endedBy: row.endedBy,
    waitedMs: waitedUntil ? waitedUntil.getTime() - row.arrivedAt.getTime() : null,
    talkedMs: row.talkedMs,
    heldMs: row.heldMs,
    holds: row.holds,
    agents: [...agents].map(([agentId, agentNumber]) => ({
      agentId,
      agentNumber,
      name: people.get(agentId)?.name ?? agentNumber,
    })),
    policyVersion: row.policyVersion,
  };
}
