import type { Permission } from '../contracts/identity.js';
import { type Actor, may } from '../kernel/actor.js';

/**
 * Which calls somebody may see: the house's, or those of which they had a part. This is a part of every query that reads
 * calls, so that no filter, cursor or id leads beyond it.
 */
export type CallScope = { readonly calls: 'house' } | { readonly calls: 'own'; readonly personId: string };

export const house: CallScope = { calls: 'house' };

/** `all`: the permission that opens the house's calls; whoever lacks it sees their own. */
export function callScope(actor: Actor, all: Permission): CallScope {
  return may(actor, all) ? house : { calls: 'own', personId: actor.personId };
}

/** The scope as a condition on a column with the call's id. A ring that was not answered is no part in the call. */
export function inScope(scope: CallScope, callId: string): [condition: string, parameters: object] {
  if (scope.calls === 'house') return ['true', {}];
  const condition = `exists (select 1 from handlings mine
    where mine.call_id = ${callId} and mine.agent_id = :scopedTo and mine.answered_at is not null)`;
  return [condition, { scopedTo: scope.personId }];
}

/** The number that is the customer's: who called, or who was called. An index knows this expression. */
export const customerOf = (call: string): string =>
  `(case when ${call}.direction = 'outbound' then ${call}.dialled else ${call}.from_number end)`;

/** From the ring to the end of the record the customer is this agent's, and so is what the house knows of them. */
const atDesk = "('offered', 'ringing', 'consulted', 'talking', 'held', 'wrap-up')";

/** True for a call that is at the agent's desk now: a condition on a column with the call's id. */
export const atDeskOf = (callId: string): string => `exists (select 1 from handlings desk
  where desk.call_id = ${callId} and desk.agent_id = :atDeskOf and desk.phase in ${atDesk})`;

/**
 * The other calls of a call's customer. In the scope `own` the call must be at the asker's desk: the condition then
 * replaces the scope. A withheld number is nobody's, and has no history.
 */
export function historyOf(callId: string, scope: CallScope): [condition: string, parameters: object] {
  const served = scope.calls === 'house' ? '' : `and ${atDeskOf('served.id')}`;
  const condition = `c.id <> :historyOf and ${customerOf('c')} = (
    select ${customerOf('served')} from calls served
    where served.id = :historyOf and lower(${customerOf('served')}) not in ('', 'anonymous') ${served})`;
  return [condition, { historyOf: callId, ...(scope.calls === 'own' ? { atDeskOf: scope.personId } : {}) }];
}
