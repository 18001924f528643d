import fc from 'fast-check';
import { activeHandling, legsOf } from '../../src/calls/domain/call-model.js';
import * as commands from '../../src/calls/domain/commands.js';
import { dropMember, leaveConference } from '../../src/calls/domain/conference-commands.js';
import type { Decision } from '../../src/calls/domain/decision.js';
import type { Desk } from '../../src/calls/domain/desk.js';
import * as help from '../../src/calls/domain/help-commands.js';
import * as transfers from '../../src/calls/domain/transfer-commands.js';
import type { HelpMode } from '../../src/contracts/live-help.js';
import type { Target, TransferMode } from '../../src/contracts/transfer.js';
import { emptyWrapUp } from '../../src/contracts/wrap-up.js';
import type { LegEnder } from '../../src/telephony/port/engine-event.js';
import { agentIdOf, CallStory, queueOfStory } from './call-story.js';
import { rulesOf } from './flow.js';
import { mazes, menuSteps } from './menu-mazes.js';

/** Something that happens to the call of a story: the engine tells, somebody presses, time goes by. */
export type Step = (story: CallStory) => void;

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
export const phoneStep = fc.tuple(fc.nat(4), fc.constantFrom('vanishes', 'away', 'recalled', 'answers')).map(
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

/** Anything that may happen to a call; what is usual the most often, so that walks get far. */
export const step = fc.oneof(
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

/** How a call may begin: it waits already, an agent dials, or a flow leads the caller. */
export const beginnings = fc.constantFrom<() => CallStory>(
  () => new CallStory().arrives(),
  // What is only to be come to from a number that was dialled takes many walks.
  ...[1, 2, 3].map(() => () => new CallStory().dials('801')),
  ...mazes.map((maze) => () => new CallStory().arrivesIn(rulesOf(maze))),
);
