import assert from 'node:assert/strict';
import { activeHandling, helpers, legsOf } from '../../src/calls/domain/call-model.js';
import { type Place, wantedPlaces } from '../../src/calls/domain/wanted.js';
import type { HandlingPhase } from '../../src/contracts/call.js';
import type { CallStory } from './call-story.js';
import { customersWhereabouts } from './whereabouts.js';

const busy: readonly HandlingPhase[] = ['offered', 'ringing', 'consulted', 'talking', 'held'];

/*
 * These are asked after every step of thousands of stories: `expect` would take most of the time, as it makes an error ready
 * before it looks.
 */

/** Somebody is with the customer, or the customer hears music or is on the way to somebody. */
function neverAlone(story: CallStory): void {
  const { call } = story;
  const active = activeHandling(call);
  if (call.state === 'held') assert.equal(active?.phase, 'held');
  if (call.state === 'talking') assert.equal(active?.phase, 'talking');
  // While the number is said the two are not connected, so nobody else may be with the agent.
  if (active && active.announcingSince !== null) {
    assert.deepEqual([active.hold, call.transfer, helpers(call).length], [null, null, 0]);
  }
  if (call.state === 'dialling')
    assert.ok(['offered', 'ringing', 'talking'].includes(active?.phase ?? ''), active?.phase);
  if (call.state === 'handed-over') {
    const here = call.parties.some(({ phase }) => phase === 'here');
    const ending = story
      .did('end-leg')
      .some((directive) => 'legId' in directive && directive.legId === story.customer);
    assert.ok(here || ending, 'handed over to nobody');
  }
  // In a menu something always leads on: a prompt, a deadline, or the end that was asked for.
  if (call.state === 'menu' && call.menu?.to !== 'end')
    assert.ok(call.promptId !== null || story.nextLookAt !== null, 'nothing leads on in the menu');
  // A customer who waits is known to routing: every return to the queue asked it for a place.
  if (call.state === 'queued' && !active) {
    const last = story.directives.findLast(({ do: what }) => what === 'enter-queue' || what === 'ring');
    assert.equal(last?.do, 'enter-queue');
  }
}

/** Whatever the call believes, the engine was asked to give the customer somebody, or music, or the end. */
function neverLost(story: CallStory): void {
  const { call } = story;
  if (!call.customerLegAlive || call.openedAt === null) return;
  const where = customersWhereabouts(story);
  assert.notEqual(where.at, 'nowhere');
  if (where.at === 'room') assert.notDeepEqual(where.with, []);
  if (call.state === 'menu') assert.equal(where.at, call.menu?.to === 'end' ? 'leaving' : 'music');
  const active = activeHandling(call);
  const hold = active?.hold;
  // Whose agent is away hears music too, until the agent's return or the limit.
  if (call.state === 'queued' || active?.away || (call.state === 'held' && !hold?.resumeRequested))
    assert.notEqual(where.at, 'room');
  if (hold?.resumeRequested && !active?.away) assert.notEqual(where.at, 'music');
  // Who waits for a transfer is taken back when there is none any more: nobody else would think of it.
  if (hold?.reason === 'transfer' && !call.transfer) assert.equal(hold.resumeRequested, true);
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
  assert.deepEqual(
    out.filter(({ legId }) => !ended.includes(legId)),
    [],
  );
}

/** Places that a leg is brought to by nothing but a request. */
const asks: readonly Place[] = ['gone', 'room', 'waiting', 'listen', 'whisper'];

/** What was asked of the engine after each fact leads every leg to where the call wants it; throws when it does not. */
function mustBeAsWanted({ call, goneLegs, asked }: CallStory): void {
  for (const [legId, place] of wantedPlaces(call)) {
    if (goneLegs.has(legId)) continue;
    const is = asked.of(legId);
    if (asks.includes(place)) assert.equal(is, place, `${legId} should be ${place}`);
    else assert.notEqual(is, 'gone', `${legId} is being ended, and should be ${place}`);
  }
}

/** What must be true of a call at every moment, whatever happened to it before; throws when it is not. */
export function mustHold(story: CallStory): void {
  const { call } = story;
  neverAlone(story);
  neverLost(story);
  nobodyLingers(story);
  mustBeAsWanted(story);
  const open = call.handlings.filter(({ phase }) => busy.includes(phase));
  const main = open.filter(({ id }) => id === call.mainId);
  assert.ok(main.length <= 1, 'several are responsible');
  // Whoever is not responsible is a transfer's target or in a talk beside the responsible agent.
  for (const other of open) {
    if (other.id === call.mainId || other.phase === 'talking') continue;
    assert.equal(call.transfer?.targetHandlingId, other.id);
  }
  if (call.transfer) assert.equal(call.transfer.handlingId, call.mainId);
  for (const { handlingId } of helpers(call)) assert.equal(handlingId, call.mainId);
  const speaking = helpers(call).filter(({ wanted }) => wanted !== 'listen');
  assert.ok(speaking.length <= 1, 'several leads speak');
  assert.equal(new Set(open.map(({ agentId }) => agentId)).size, open.length);
  assert.equal(call.closed, !call.customerLegAlive);
  if (!call.closed) return;
  assert.deepEqual(open, []);
  assert.equal(call.transfer, null);
  assert.deepEqual(helpers(call), []);
  assert.notEqual(call.outcome, 'in-progress');
  const ended = story.did('end-leg').map((directive) => 'legId' in directive && directive.legId);
  for (const legId of legsOf(call))
    if (!story.goneLegs.has(legId)) assert.ok(ended.includes(legId), `${legId} stays`);
}
