import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { agentIdOf, CallStory, queueOfStory } from '../../../test/builders/call-story.js';
import { expectJudged } from '../../../test/builders/call-verdicts.js';
import { rulesOf } from '../../../test/builders/flow.js';
import { mazes, menuEndings, menuFacts, menuSteps } from '../../../test/builders/menu-mazes.js';
import { customersWhereabouts } from '../../../test/builders/whereabouts.js';
import type { HandlingPhase } from '../../contracts/call.js';
import type { HelpMode } from '../../contracts/live-help.js';
import type { FactKind } from '../../contracts/timeline.js';
import type { Target, TransferMode } from '../../contracts/transfer.js';
import { emptyWrapUp } from '../../contracts/wrap-up.js';
import type { LegEnder } from '../../telephony/port/engine-event.js';
import { replay } from './advance.js';
import { activeHandling, helpers, legsOf } from './call-model.js';
import * as commands from './commands.js';
import { dropMember, leaveConference } from './conference-commands.js';
import type { Decision } from './decision.js';
import type { Desk } from './desk.js';
import * as help from './help-commands.js';
import * as transfers from './transfer-commands.js';

/*
 * Anything may happen in any order: what agents press, what the engine tells (late, twice, about legs that are gone), time.
 * Whatever it was, the call must stay legal, the customer must never be forgotten, and the end must end everything.
 */

type Step = (story: CallStory) => void;

const enders = ['ended-remote', 'ended-local', 'ended-engine'];

const anyLeg = (story: CallStory, pick: number) => {
  const legs = legsOf(story.call);
  return legs[pick % legs.length] ?? story.customer;
};
const withHandling =
  (run: Step): Step =>
  (story) => {
    if (story.call.handlings.length > 0) run(story);
  };
const reason = (story: CallStory) => story.policy.hold.reasons[0]?.code ?? '';
const outcome = (story: CallStory) => story.policy.wrapUp.outcomes[0]?.code ?? '';

const engineStep = fc
  .tuple(
    fc.nat(11),
    fc.constantFrom(
      'leg.ringing',
      'leg.answered',
      'leg.waiting',
      'leg.speaking',
      'leg.held-by-device',
      'leg.resumed-by-device',
      'connected',
      'listening',
      'silent',
      'number-said',
      'refused',
      'ended-remote',
      'ended-local',
      'ended-engine',
    ),
  )
  .map(
    ([pick, what]): Step =>
      (story) => {
        const legId = anyLeg(story, pick);
        // A customer who goes at every third step would let nothing else happen.
        if (enders.includes(what) && legId === story.customer && pick > 0) return;
        if (what === 'connected') story.engine({ kind: 'leg.connected', legId, roomId: 'room' });
        else if (what === 'listening') {
          story.engine({
            kind: 'leg.listening',
            legId,
            targetLegId: 'agent',
            mode: pick % 2 ? 'listen' : 'whisper',
          });
        } else if (what === 'silent') story.engine({ kind: 'leg.silent', legId, spokeMs: 500 });
        else if (what === 'number-said') {
          if (story.call.handlings.length > 0) story.saidNumber();
        } else if (what === 'refused') {
          if (legId !== story.customer || story.call.state === 'dialling')
            story.engine({ kind: 'leg.refused', legId, why: 'rejected' });
        } else if (enders.includes(what)) {
          const by = what.slice('ended-'.length) as LegEnder;
          story.engine({ kind: 'leg.ended', legId, by, cause: 'fuzz' });
        } else story.engine({ kind: what as 'leg.ringing', legId });
      },
  );

/** Phones that go and come: reported lost, there again, or another one of the agent's takes over. */
const phoneStep = fc.tuple(fc.nat(4), fc.constantFrom('vanishes', 'away', 'recalled', 'answers')).map(
  ([pick, what]): Step =>
    withHandling((story) => {
      const { handlings } = story.call;
      const handling = handlings[pick % handlings.length];
      if (!handling) return;
      if (what === 'vanishes') story.vanishes(handling.legId);
      else if (what === 'away') story.phoneLost(handling);
      else if (what === 'recalled') story.recalls(handling);
      else story.engine({ kind: 'leg.answered', legId: handling.recallLegId ?? 'no-recall' });
    }),
);

const target = fc.constantFrom<Target>(
  { kind: 'agent', id: agentIdOf('802'), name: '', number: '802' },
  { kind: 'agent', id: agentIdOf('804'), name: '', number: '804' },
  { kind: 'queue', id: queueOfStory.queueId, name: '', number: null },
  { kind: 'department', id: queueOfStory.queueId, name: '', number: '8101' },
  { kind: 'number', id: null, name: '', number: '13900001111' },
);

const atDesk = fc.constantFrom<(story: CallStory) => (desk: Desk) => Decision>(
  () => commands.answerCall,
  () => commands.rejectCall,
  () => commands.resumeCall,
  () => commands.withdrawHangUp,
  () => (desk) => commands.muteCall(desk, true),
  () => (desk) => commands.sendDigits(desk, '12'),
  () => (desk) => commands.hangUpCall(desk, undefined),
  (story) => (desk) => commands.hangUpCall(desk, story.policy.hangUp.reasons[0]?.code),
  (story) => (desk) =>
    commands.holdCall(desk, { callId: '', reason: reason(story), consent: true, limitMs: 30_000 }),
  (story) => (desk) =>
    commands.holdCall(desk, { callId: '', reason: reason(story), consent: false, limitMs: 30_000 }),
  (story) => (desk) => commands.completeWrapUp(desk, { ...emptyWrapUp, outcome: outcome(story) }, []),
  () => transfers.completeTransfer,
  () => transfers.completeTransfer,
  () => transfers.withdrawTransfer,
  () => transfers.swapTransfer,
  () => transfers.mergeTransfer,
  () => leaveConference,
  () => help.callForHelp,
  (story) => (desk) => dropMember(desk, [...story.call.handlings, ...story.call.parties].at(-1)?.id ?? ''),
);
/** Whoever has or had a part in the call presses something. */
const agentStep = fc.tuple(fc.nat(4), atDesk).map(
  ([pick, make]): Step =>
    withHandling((story) => {
      const { handlings } = story.call;
      story.agentOf(handlings[pick % handlings.length]?.id ?? '', make(story));
    }),
);

const transferStep = fc
  .tuple(target, fc.constantFrom<TransferMode>('consult', 'join'), fc.boolean())
  .map(([whom, mode, consent]): Step => withHandling((story) => story.asksFor(whom, mode, consent)));

const lead = (number: string) => ({ id: agentIdOf(number), name: number, number });
const leadStep = fc
  .tuple(fc.constantFrom('800', '899'), fc.constantFrom('listen', 'whisper', 'join', 'end', 'take-over'))
  .map(
    ([number, what]): Step =>
      (story) =>
        story.lead((call, now) => {
          if (what === 'end') return help.endHelp(call, lead(number).id, now);
          if (what === 'take-over') return help.takeOverCall(call, lead(number).id, now);
          return help.helpCall(call, lead(number), what as HelpMode, now);
        }),
  );

/** What comes next when nothing goes wrong, so that the deep states are reached too. */
const usualStep: Step = (story) => {
  const { call } = story;
  const main = activeHandling(call);
  const ringing = call.helps.find(({ phase }) => phase === 'ringing');
  if (call.closed) return;
  const alone = call.state === 'handed-over' && call.parties.find(({ phase }) => phase === 'here');
  if (alone) story.hangsUp(alone.legId);
  else if (call.state === 'menu') story.promptEnds();
  else if (!main) story.offeredTo('801');
  else if (ringing) story.engine({ kind: 'leg.answered', legId: ringing.legId });
  else if (call.dial?.startedAt && !call.dial.answeredAt) {
    story.engine({ kind: 'leg.answered', legId: story.customer }).customerConnected();
  } else if (main.phase === 'offered' || main.phase === 'ringing') story.rings().answers();
  else if (main.announcingSince !== null) story.saidNumber().customerConnected();
  else if (main.hold?.resumeRequested) story.customerWaits().customerConnected();
  else if (main.hold && main.hold.startedAt === null) story.customerWaits();
  else if (call.transfer?.answeredAt === null) story.targetAnswers();
};

/** The number that a transfer has dialled does not answer: too seldom that any leg's refusal is this one's. */
const outsideRefuses: Step = (story) => {
  const dialled = story.call.parties.find(({ phase }) => phase === 'dialled' || phase === 'ringing');
  if (dialled) story.engine({ kind: 'leg.refused', legId: dialled.legId, why: 'busy' });
};

const step = fc.oneof(
  { weight: 1, arbitrary: fc.constant(outsideRefuses) },
  { weight: 3, arbitrary: fc.constantFrom<Step>(...menuSteps) },
  { weight: 6, arbitrary: engineStep },
  { weight: 5, arbitrary: agentStep },
  { weight: 3, arbitrary: transferStep },
  { weight: 3, arbitrary: leadStep },
  { weight: 9, arbitrary: fc.constant(usualStep) },
  {
    weight: 3,
    arbitrary: fc.constantFrom('801', '802', '803').map(
      (number): Step =>
        (story) =>
          story.offeredTo(number),
    ),
  },
  {
    weight: 2,
    arbitrary: fc.integer({ min: 0, max: 40_000 }).map(
      (ms): Step =>
        (story) =>
          story.passes(ms),
    ),
  },
);

const awayFacts: FactKind[] = [
  'agent.away',
  'ring.moved',
  'agent.recall-failed',
  'agent.back',
  'agent.moved',
];
const withPhones = fc.array(fc.oneof({ weight: 5, arbitrary: step }, { weight: 1, arbitrary: phoneStep }), {
  maxLength: 60,
  size: 'max',
});

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

function mustHold(story: CallStory): void {
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

const deepFacts: FactKind[] = [
  'agent-number.started',
  'agent-number.ended',
  'transfer.completed',
  'transfer.failed',
  'transfer.withdrawn',
  'transfer.swapped',
  'transfer.merged',
  'consult.ended',
  'charge.passed',
  'customer.handed-over',
  'member.joined',
  'member.left',
  'party.left',
  'party.refused',
  'help.took-over',
  'help.ended',
  'help.mode-requested',
  'dial.answered',
  'dial.refused',
  'agent.lost',
  ...menuFacts,
];

const beginnings = fc.constantFrom<() => CallStory>(
  () => new CallStory().arrives(),
  // What is only to be come to from a number that was dialled takes many walks.
  ...[1, 2, 3].map(() => () => new CallStory().dials('801')),
  ...mazes.map((maze) => () => new CallStory().arrivesIn(rulesOf(maze))),
);

/** One call walked through all its steps; the story it came to. */
function walk(begin: () => CallStory, steps: readonly Step[], announces: boolean): CallStory {
  const story = begin();
  story.announcesNumbers = announces;
  const take = (what: Step) => {
    try {
      what(story);
      mustHold(story);
    } catch (error) {
      throw new Error(`after ${story.kinds.join(' ')}`, { cause: error });
    }
  };
  for (const each of steps) take(each);
  expect(replay(story.timeline)).toEqual(story.call);
  // Left alone, nobody stays in a menu.
  if (story.call.state === 'menu') take(() => story.passes(60 * 60_000));
  expect(story.call.state === 'menu' && story.call.menu?.to !== 'end').toBe(false);
  take(expectJudged);
  take(() => story.hangsUp(story.customer));
  take(expectJudged);
  expect(story.call.state).toBe('ended');
  return story;
}

describe('the call machine', () => {
  const steps = fc.array(step, { maxLength: 60, size: 'max' });

  it('stays legal whatever happens, and is told by its timeline', () => {
    fc.assert(
      fc.property(
        beginnings,
        steps,
        fc.boolean(),
        (begin, taken, announces) => void walk(begin, taken, announces),
      ),
      { numRuns: 300 },
    );
  });

  it('stays legal when phones go and come', () => {
    const seen = new Set<FactKind>();
    fc.assert(
      fc.property(beginnings, withPhones, fc.boolean(), (begin, taken, announces) => {
        for (const { kind } of walk(begin, taken, announces).timeline) seen.add(kind);
      }),
      { numRuns: 200, seed: 20_260_302 },
    );
    expect(awayFacts.filter((kind) => !seen.has(kind))).toEqual([]);
  });

  it('gets everywhere on these walks', () => {
    const seen = new Set<FactKind>();
    const endings = new Set<string>();
    fc.assert(
      fc.property(beginnings, steps, fc.boolean(), (begin, taken, announces) => {
        const { timeline } = walk(begin, taken, announces);
        for (const event of timeline) {
          seen.add(event.kind);
          if (event.kind === 'menu.left') endings.add(event.data.why);
        }
      }),
      { numRuns: 500, seed: 20_260_302 },
    );
    // A walk that does not get anywhere proves nothing.
    expect(deepFacts.filter((kind) => !seen.has(kind))).toEqual([]);
    expect(menuEndings.filter((why) => !endings.has(why))).toEqual([]);
  });
});
