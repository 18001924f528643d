import { agentIdOf, CallStory } from '../../../test/builders/call-story.js';
import { inTalk, judges } from '../../../test/builders/call-verdicts.js';
import { talking as spoken, tells } from '../../../test/builders/judged.js';
import type { TimelineStory } from '../../../test/builders/timeline.js';
import { leaveConference } from './conference-commands.js';
import { helpCall, takeOverCall } from './help-commands.js';
import { completeTransfer, mergeTransfer, swapTransfer, withdrawTransfer } from './transfer-commands.js';

/*
 * 801 has the customer and asks 802; 800 is the lead. Told through the call machine, so that the facts are those of real
 * calls.
 */

const talking = () => inTalk(new CallStory());
const asked = () => talking().transfersTo('802').customerWaits();
const agent802 = { kind: 'agent', id: agentIdOf('802'), name: '', number: '802' } as const;
const targetRings = (story: CallStory) => story.engine({ kind: 'leg.ringing', legId: story.target });
const answered = () => targetRings(asked()).passes(4_000).targetAnswers().passes(5_000);
const completed = () => answered().agent(completeTransfer).customerConnected();
const overheard = (story: CallStory) => story.passes(500).says('agent', 2_000);
const targetMisses = () => targetRings(asked()).passes(15_200);
const backAgain = () => targetMisses().passes(1_000).customerConnected();
const merged = () => answered().agent(mergeTransfer).customerConnected();
const customerLeaves = (story: CallStory) => story.passes(1_000).hangsUp(story.customer);
const lead = { id: agentIdOf('800'), name: '张慧', number: '800' };
const helped = () => {
  const story = talking().lead((call, now) => helpCall(call, lead, 'join', now));
  const legId = story.call.helps[0]?.legId ?? '';
  story.engine({ kind: 'leg.answered', legId });
  return story.engine({ kind: 'leg.connected', legId, roomId: 'room' });
};
const takenOver = () => {
  const story = helped().lead((call, now) => takeOverCall(call, lead.id, now));
  return story.engine({ kind: 'leg.connected', legId: story.handling.legId, roomId: 'room' });
};
/** The phone of an agent goes by itself: hung up, or vanished. */
const phoneGoes = (story: CallStory, by: 'remote' | 'engine') =>
  story.engine({ kind: 'leg.ended', legId: story.handling.legId, by, cause: 'gone' });

judges('24.13', '', [
  ['transferred with consent', completed, '801', 'pass', 'consent.all-given', { holds: 0, transfers: 1 }],
  [
    'declined, not transferred',
    () => customerLeaves(talking().asksFor(agent802, 'consult', false)),
    '801',
    'pass',
    'transfer.refusal-respected',
    { count: 1 },
  ],
  ['a consult that goes on', answered, '801', 'not-determinable', 'in-progress'],
  ['only asked by a colleague', backAgain, '802', 'not-applicable', 'not-answered'],
]);

judges('26.6', '', [
  ['transferred', completed, '801', 'pass', 'transfer.all-consented', { count: 1 }],
  [
    'invited into the talk',
    () => customerLeaves(talking().transfersTo('802', 'join').targetAnswers()),
    '801',
    'pass',
    'transfer.all-consented',
  ],
  [
    'declined at first, then agreed to',
    () => {
      const story = talking().asksFor(agent802, 'consult', false).transfersTo('802').customerWaits();
      return story.targetAnswers().agent(completeTransfer);
    },
    '801',
    'pass',
    'transfer.all-consented',
    { count: 1 },
  ],
  ['never', () => customerLeaves(talking()), '801', 'not-applicable', 'transfer.none'],
  [
    'who took over transferred nobody',
    () => customerLeaves(completed()),
    '802',
    'not-applicable',
    'transfer.none',
  ],
]);

judges('26.7', '', [
  ['left after the answer', completed, '801', 'pass', 'transfer.answered-first', { count: 1 }],
  ['invited and answered', () => customerLeaves(merged()), '801', 'pass', 'transfer.answered-first'],
  [
    'nobody answered, the customer came back',
    () => customerLeaves(backAgain()),
    '801',
    'pass',
    'transfer.came-back',
    { count: 1, seconds: 1.2 },
  ],
  [
    'taken back by the agent',
    () => customerLeaves(asked().agent(withdrawTransfer).passes(400).customerConnected()),
    '801',
    'pass',
    'transfer.came-back',
    { seconds: 0.4 },
  ],
  [
    'taken back while the customer was swapped in',
    () =>
      customerLeaves(
        answered().agent(swapTransfer).customerConnected().passes(3_000).agent(withdrawTransfer),
      ),
    '801',
    'pass',
    'transfer.came-back',
    { seconds: 0 },
  ],
  [
    'hung up before the answer',
    () => phoneGoes(asked(), 'remote'),
    '801',
    'fail',
    'transfer.left-before-answer',
  ],
  [
    'the phone vanished before the answer',
    () => phoneGoes(asked(), 'engine'),
    '801',
    'not-determinable',
    'transfer.agent-lost',
  ],
  [
    'hung up after the answer',
    () => phoneGoes(answered(), 'remote'),
    '801',
    'pass',
    'transfer.answered-first',
  ],
  [
    'the customer left meanwhile',
    () => customerLeaves(asked()),
    '801',
    'not-applicable',
    'transfer.customer-left',
  ],
  [
    'the customer left before they were back',
    () => customerLeaves(targetMisses()),
    '801',
    'not-applicable',
    'transfer.customer-left',
  ],
  ['under way', answered, '801', 'not-determinable', 'in-progress'],
]);

/** 802 is in mid-sentence as the customer comes, and then says nothing more. */
const midSentence = () => {
  const story = answered();
  const legId = story.target;
  story.engine({ kind: 'leg.speaking', legId }).passes(900).agent(completeTransfer).customerConnected();
  story.passes(1_500).engine({ kind: 'leg.silent', legId, spokeMs: 2_400 });
  return story.passes(9_000);
};

judges('26.8', 'speaks', [
  ['in mid-sentence already', midSentence, '802', 'pass', 'take-over.spoke', { seconds: 0 }],
  ['speaks at once', () => overheard(completed()), '802', 'pass', 'take-over.spoke', { seconds: 0.5 }],
  [
    'silent at first',
    () => overheard(completed().passes(3_500)),
    '802',
    'fail',
    'take-over.silent',
    { seconds: 4 },
  ],
  [
    'who passed on takes over nobody',
    () => overheard(completed()),
    '801',
    'not-applicable',
    'take-over.none',
  ],
  ['asked and let go', () => answered().agent(withdrawTransfer), '802', 'not-applicable', 'consult.only'],
  ['not with the customer yet', answered, '802', 'not-determinable', 'in-progress'],
  ['a lead who took over', () => overheard(takenOver()), '800', 'pass', 'take-over.spoke'],
  [
    'left alone in a conference',
    () => customerLeaves(merged().agent(leaveConference)),
    '802',
    'not-applicable',
    'take-over.none',
  ],
  [
    'no voice was ever told',
    () => customerLeaves(completed().passes(9_000)),
    '802',
    'not-determinable',
    'speech-missing',
  ],
]);

judges('26.8', 'words', [
  ['took over', completed, '802', 'not-determinable', 'transcript-missing'],
  ['took over nobody', () => customerLeaves(talking()), '801', 'not-applicable', 'take-over.none'],
]);

judges('24.14', 'each', [
  [
    'the wait for a transfer counts',
    completed,
    '801',
    'pass',
    'hold.within-ceiling',
    { count: 1, seconds: 9 },
  ],
  [
    'and may be too long',
    () => answered().passes(52_000).agent(completeTransfer),
    '801',
    'fail',
    'hold.over-ceiling',
    { seconds: 61 },
  ],
  [
    'it ends with the transfer',
    () => customerLeaves(completed().passes(90_000)),
    '801',
    'pass',
    'hold.within-ceiling',
  ],
  ['the colleague let nobody wait', () => customerLeaves(completed()), '802', 'not-applicable', 'hold.none'],
]);

judges('26.4', '', [
  ['a transfer’s reason is no hold’s', completed, '801', 'pass', 'hold.promise-kept', { count: 1 }],
]);

judges('23.11', 'speaks', [
  [
    'a customer who was passed on needs no thanks here',
    completed,
    '801',
    'not-applicable',
    'hold.not-resumed',
  ],
]);

for (const clause of ['23.15', '27.2']) {
  judges(clause, '', [
    ['transferred', () => customerLeaves(completed()), '801', 'not-applicable', 'ending.transferred'],
    [
      'to who the customer hung up',
      () => customerLeaves(completed()),
      '802',
      'pass',
      'ending.customer-first',
    ],
    [
      'hung up after the answer',
      () => phoneGoes(answered(), 'remote'),
      '801',
      'not-applicable',
      'ending.transferred',
    ],
    [
      'left a conference',
      () => merged().agent(leaveConference),
      '801',
      'not-applicable',
      'ending.left-conference',
    ],
    ['a lead took over', takenOver, '801', 'not-applicable', 'ending.taken-over'],
    ['only asked', () => customerLeaves(answered()), '802', 'not-applicable', 'consult.only'],
    [
      'passed on to an outside party',
      () => {
        const story = talking().asksFor({ kind: 'number', id: null, name: '', number: '13900001111' });
        return customerLeaves(story.customerWaits().targetAnswers().agent(completeTransfer));
      },
      '801',
      'not-applicable',
      'ending.transferred',
    ],
  ]);
}

judges('26.1', 'rings', [
  [
    'a colleague’s call for a waiting customer rings too',
    answered,
    '802',
    'pass',
    'rings.within',
    { rings: 1 },
  ],
  ['and may be missed', targetMisses, '802', 'fail', 'rings.missed'],
  [
    'or be called off',
    () => targetRings(asked()).passes(6_000).agent(withdrawTransfer),
    '802',
    'not-applicable',
    'rings.called-off',
    { rings: 2 },
  ],
  ['no phone rings for a lead who is there', takenOver, '800', 'not-applicable', 'take-over.no-ring'],
]);

judges('26.1', 'first-speech', [
  ['who passes on greeted', completed, '801', 'pass', 'first-speech.in-time'],
  ['who takes over does not greet again', completed, '802', 'not-applicable', 'greeting.by-colleague'],
]);

judges('23.4', '', [
  [
    'who was only asked owes no record',
    () => customerLeaves(answered()),
    '802',
    'not-applicable',
    'consult.only',
  ],
  ['who passed on owes one', completed, '801', 'not-determinable', 'wrap-up-pending'],
]);

judges('1', '', [
  [
    'nobody judges the manners of who was only asked',
    () => customerLeaves(answered()),
    '802',
    'not-applicable',
    'consult.only',
  ],
]);

/* What the call machine never makes, but a record may hold: judged as it stands. */

const ids = (story: TimelineStory) => ({
  handlingId: story.handlingId,
  agentId: story.agentId,
  transferId: agentIdOf('999'),
});
const target = { kind: 'number', id: null, name: '', number: '8101' } as const;
const passedOn = (story: TimelineStory) =>
  story.pass(5_000).tell('agent', 'transfer.completed', { ...ids(story), how: 'by-agent' });
const requested = (story: TimelineStory, reason: string) =>
  story.tell('agent', 'transfer.requested', { ...ids(story), mode: 'consult', reason, matter: '', target });

for (const clause of ['24.13', '26.6']) {
  tells(clause, '', [
    ['never asked', () => passedOn(spoken()), 'fail', 'transfer.without-consent', { count: 1 }],
  ]);
}

tells('26.6', '', [
  [
    'for a reason nobody knows',
    () => passedOn(requested(spoken(), 'tired')),
    'fail',
    'transfer.reason-unknown',
    { reason: 'tired' },
  ],
]);

tells('26.7', '', [
  [
    'passed on before anybody answered',
    () => passedOn(requested(spoken(), 'specialist')),
    'fail',
    'transfer.unanswered',
    { count: 1 },
  ],
]);
