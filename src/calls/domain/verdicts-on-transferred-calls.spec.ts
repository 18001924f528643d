import { agentIdOf, type CallStory } from '../../../test/builders/call-story.js';
import { judges } from '../../../test/builders/call-verdicts.js';
import {
  answered,
  asked,
  completed,
  customerLeaves,
  merged,
  phoneGoes,
  talking,
  targetMisses,
  targetRings,
} from '../../../test/builders/transfer-stories.js';
import { leaveConference } from './conference-commands.js';
import { helpCall, takeOverCall } from './help-commands.js';
import { completeTransfer, withdrawTransfer } from './transfer-commands.js';

/*
 * What else is judged of a call that was passed on: the take-over, and what clauses about any call say of who passed on,
 * who took over and who was only asked. 800 is the lead.
 */

const overheard = (story: CallStory) => story.passes(500).says('agent', 2_000);
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
