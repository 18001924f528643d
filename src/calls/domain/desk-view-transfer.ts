import type { Briefing, CallMember, DeskCall, DeskTransfer } from '../../contracts/call.js';
import type { PolicyDocument } from '../../contracts/policy.js';
import type { WrapUpDraft } from '../../contracts/wrap-up.js';
import {
  activeHandling,
  type CallModel,
  type HandlingModel,
  handlingOf,
  helpers,
  isOpen,
  memberHandlings,
  memberParties,
} from './call-model.js';
import { iso } from './decision.js';
import { customerNumber } from './outbound.js';

/** Agents' names by id, as far as they are known. */
export type Names = ReadonlyMap<string, string>;

const isoOrNull = (ms: number | null) => (ms === null ? null : iso(ms));

function stateOf(call: CallModel): DeskTransfer['state'] {
  const { transfer } = call;
  if (transfer?.answeredAt != null) return transfer.with === 'customer' ? 'swapped' : 'talking';
  const target = transfer?.targetHandlingId ? handlingOf(call, transfer.targetHandlingId) : undefined;
  const party = call.parties.find(({ id }) => id === transfer?.partyId);
  return target?.phase === 'ringing' || party?.phase === 'ringing' ? 'ringing' : 'waiting';
}

/** The transfer under way, for the agent who asked for it. */
export function transferView(
  call: CallModel,
  handling: HandlingModel,
  policy: PolicyDocument,
): DeskTransfer | null {
  const { transfer } = call;
  if (transfer?.handlingId !== handling.id) return null;
  return {
    transferId: transfer.id,
    mode: transfer.mode,
    reason: transfer.reason,
    target: transfer.target,
    state: stateOf(call),
    requestedAt: iso(transfer.requestedAt),
    answeredAt: isoOrNull(transfer.answeredAt),
    patienceUntil: iso(transfer.requestedAt + policy.transfer.patienceMs),
  };
}

/** Clause 26.8: what the one who is asked to take over must know, from what the first agent wrote so far. */
export function briefing(
  call: CallModel,
  handling: HandlingModel,
  drafts: ReadonlyMap<string, WrapUpDraft>,
  names: Names,
): Briefing | null {
  if (!handling.transferId || !isOpen(handling)) return null;
  const asked = call.requests[handling.transferId];
  const from = asked && handlingOf(call, asked.handlingId);
  if (!from) return null;
  const draft = drafts.get(from.id) ?? {};
  const waitingSince = activeHandling(call)?.hold?.startedAt ?? null;
  return {
    fromAgentNumber: from.agentNumber,
    fromAgentName: names.get(from.agentId) ?? '',
    reason: asked.reason,
    customerName: draft.customerName || call.arrival.fromName,
    topic: asked.matter,
    note: draft.note ?? '',
    waitingSince: isoOrNull(waitingSince),
  };
}

/** Everybody in the call beside the one who looks. */
export function members(call: CallModel, handling: HandlingModel, names: Names): CallMember[] {
  if (call.closed || !isOpen(handling)) return [];
  const agents = call.handlings.filter((other) => other.id !== handling.id && isOpen(other));
  const droppableAgents = memberHandlings(call);
  const droppableParties = memberParties(call);
  const main = handling.id === call.mainId;
  const away = call.state === 'held' || call.state === 'queued';
  return [
    {
      memberId: 'customer',
      kind: 'customer',
      name: call.arrival.direction === 'inbound' ? call.arrival.fromName : '',
      number: customerNumber(call),
      state: call.state === 'dialling' ? 'ringing' : away ? 'away' : 'here',
      droppable: false,
    },
    ...agents.map(
      (other): CallMember => ({
        memberId: other.id,
        kind: 'agent',
        name: names.get(other.agentId) ?? '',
        number: other.agentNumber,
        state: other.phase === 'offered' || other.phase === 'ringing' ? 'ringing' : 'here',
        droppable: main && droppableAgents.includes(other),
      }),
    ),
    ...call.parties
      .filter(({ phase }) => phase !== 'gone')
      .map(
        (party): CallMember => ({
          memberId: party.id,
          kind: 'outside',
          name: party.name,
          number: party.number,
          state: party.phase === 'here' ? 'here' : 'ringing',
          droppable: main && droppableParties.includes(party),
        }),
      ),
    ...helpers(call)
      .filter(({ mode }) => mode === 'join')
      .map(
        (help): CallMember => ({
          memberId: help.id,
          kind: 'lead',
          name: help.leadName,
          number: help.leadNumber,
          state: 'here',
          droppable: false,
        }),
      ),
  ];
}

/** Leads in the call, as far as the policy lets the agent know: who speaks is heard anyway. */
export function deskHelpers(call: CallModel, policy: PolicyDocument): DeskCall['helpers'] {
  return helpers(call).flatMap(({ leadName, mode }) =>
    mode && (mode !== 'listen' || policy.help.showListening) ? [{ leadName, mode }] : [],
  );
}

/** How far an outbound call is. */
export function dialView({ dial }: CallModel): DeskCall['dial'] {
  if (!dial) return null;
  const { purpose, points, refused } = dial;
  return {
    purpose,
    points,
    startedAt: isoOrNull(dial.startedAt),
    ringingAt: isoOrNull(dial.ringingAt),
    answeredAt: isoOrNull(dial.answeredAt),
    refused,
  };
}
