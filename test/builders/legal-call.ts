import { expect } from '@jest/globals';
import { activeHandling, helpers, legsOf } from '../../src/calls/domain/call-model.js';
import type { HandlingPhase } from '../../src/contracts/call.js';
import type { CallStory } from './call-story.js';
import { customersWhereabouts } from './whereabouts.js';

const busy: readonly HandlingPhase[] = ['offered', 'ringing', 'consulted', 'talking', 'held'];

/** Somebody is with the customer, or the customer hears music or is on the way to somebody. */
function neverAlone(story: CallStory): void {
  const { call } = story;
  const active = activeHandling(call);
  if (call.state === 'held') expect(active?.phase).toBe('held');
  if (call.state === 'talking') expect(active?.phase).toBe('talking');
  // While the number is said the two are not connected, so nobody else may be with the agent.
  if (active && active.announcingSince !== null) {
    expect([active.hold, call.transfer, helpers(call).length]).toEqual([null, null, 0]);
  }
  if (call.state === 'dialling') expect(['offered', 'ringing', 'talking']).toContain(active?.phase);
  if (call.state === 'handed-over') {
    const here = call.parties.some(({ phase }) => phase === 'here');
    const ending = story
      .did('end-leg')
      .some((directive) => 'legId' in directive && directive.legId === story.customer);
    expect(here || ending).toBe(true);
  }
  // In a menu something always leads on: a prompt, a deadline, or the end that was asked for.
  if (call.state === 'menu' && call.menu?.to !== 'end')
    expect(call.promptId !== null || story.nextLookAt !== null).toBe(true);
  // A customer who waits is known to routing: every return to the queue asked it for a place.
  if (call.state === 'queued' && !active) {
    const last = story.directives.findLast(({ do: what }) => what === 'enter-queue' || what === 'ring');
    expect(last?.do).toBe('enter-queue');
  }
}

/** Whatever the call believes, the engine was asked to give the customer somebody, or music, or the end. */
function neverLost(story: CallStory): void {
  const { call } = story;
  if (!call.customerLegAlive || call.openedAt === null) return;
  const where = customersWhereabouts(story);
  expect(where.at).not.toBe('nowhere');
  if (where.at === 'room') expect(where.with).not.toEqual([]);
  if (call.state === 'menu') expect(where.at).toBe(call.menu?.to === 'end' ? 'leaving' : 'music');
  const active = activeHandling(call);
  const hold = active?.hold;
  // Whose agent is away hears music too, until the agent's return or the limit.
  if (call.state === 'queued' || active?.away || (call.state === 'held' && !hold?.resumeRequested))
    expect(where.at).not.toBe('room');
  if (hold?.resumeRequested && !active?.away) expect(where.at).not.toBe('music');
  // Who waits for a transfer is taken back when there is none any more: nobody else would think of it.
  if (hold?.reason === 'transfer' && !call.transfer) expect(hold.resumeRequested).toBe(true);
}

/** Whoever has no part in the call any more has no leg in it either. */
function nobodyLingers(story: CallStory): void {
  const { handlings, parties, helps } = story.call;
  const out = [
    ...handlings.filter(({ phase }) => !busy.includes(phase)),
    ...parties.filter(({ phase }) => phase === 'gone'),
    // The leg of a lead who took over is an agent's from then on.
    ...helps.filter(
      ({ phase, legId }) => phase === 'gone' && !handlings.some((each) => each.legId === legId),
    ),
  ].filter(({ legId }) => !story.goneLegs.has(legId));
  if (out.length === 0) return;
  const ended = story.did('end-leg').map((directive) => 'legId' in directive && directive.legId);
  expect(out.filter(({ legId }) => !ended.includes(legId))).toEqual([]);
}

/** What must be true of a call at every moment, whatever happened to it before; throws when it is not. */
export function mustHold(story: CallStory): void {
  const { call } = story;
  neverAlone(story);
  neverLost(story);
  nobodyLingers(story);
  const open = call.handlings.filter(({ phase }) => busy.includes(phase));
  const main = open.filter(({ id }) => id === call.mainId);
  expect(main.length).toBeLessThanOrEqual(1);
  // Whoever is not responsible is a transfer's target or in a talk beside the responsible agent.
  for (const other of open) {
    if (other.id === call.mainId || other.phase === 'talking') continue;
    expect(call.transfer?.targetHandlingId).toBe(other.id);
  }
  if (call.transfer) expect(call.transfer.handlingId).toBe(call.mainId);
  for (const { handlingId } of helpers(call)) expect(handlingId).toBe(call.mainId);
  const speaking = helpers(call).filter(({ wanted }) => wanted !== 'listen');
  expect(speaking.length).toBeLessThanOrEqual(1);
  expect(new Set(open.map(({ agentId }) => agentId)).size).toBe(open.length);
  expect(call.closed).toBe(!call.customerLegAlive);
  if (!call.closed) return;
  expect(open).toHaveLength(0);
  expect(call.transfer).toBeNull();
  expect(helpers(call)).toHaveLength(0);
  expect(call.outcome).not.toBe('in-progress');
  const ended = story.did('end-leg').map((directive) => 'legId' in directive && directive.legId);
  for (const legId of legsOf(call)) if (!story.goneLegs.has(legId)) expect(ended).toContain(legId);
}
