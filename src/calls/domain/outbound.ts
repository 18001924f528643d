import type { CallModel } from './call-model.js';
import { type Told, tell } from './decision.js';

/** An outbound call as the agent prepared it (clause 25) and the dialling rules allowed it. */
export interface OutboundWish {
  callId: string;
  handlingId: string;
  agent: { id: string; number: string };
  /** What is dialled, and what kind of destination it is. */
  number: string;
  destination: string;
  callerNumber: string;
  callerName: string;
  purpose: string;
  points: string;
  policyVersion: number;
  /** The node that will carry it. */
  node: string;
  /** Where the customer goes when the agent is lost. */
  returnQueue: { id: string; name: string };
}

/** The customer's leg of an outbound call. */
export const customerLegOf = (callId: string): string => `customer-${callId}`;

/** The call's first facts: the agent's own phone is rung (and answers by itself) before the number is dialled. */
export function dialledOut(wish: OutboundWish, now: number): Told[] {
  const { callId, handlingId, agent, number, callerNumber, purpose, points, destination, returnQueue } = wish;
  const ids = { handlingId, agentId: agent.id };
  return [
    tell(now, 'agent', 'call.arrived', {
      direction: 'outbound',
      channel: 'trunk',
      fromNumber: callerNumber,
      fromName: wish.callerName,
      dialled: number,
      legId: customerLegOf(callId),
      node: wish.node,
      policyVersion: wish.policyVersion,
      serviceName: returnQueue.name,
      returnQueue,
    }),
    tell(now, 'agent', 'dial.prepared', { ...ids, purpose, points, callerNumber, destination }),
    tell(now, 'system', 'ring.offered', {
      ...ids,
      agentNumber: agent.number,
      legId: `agent-${handlingId}`,
      attempt: 1,
    }),
  ];
}

/** The number that is the customer's: who called, or who was called. */
export function customerNumber({ arrival }: CallModel): string {
  return arrival.direction === 'outbound' ? arrival.dialled : arrival.fromNumber;
}
