import { agentIdOf } from '../../../test/builders/call-story.js';
import { judges } from '../../../test/builders/call-verdicts.js';
import { talking as spoken, tells } from '../../../test/builders/judged.js';
import type { TimelineStory } from '../../../test/builders/timeline.js';
import {
  answered,
  asked,
  backAgain,
  completed,
  customerLeaves,
  merged,
  phoneGoes,
  talking,
  targetMisses,
} from '../../../test/builders/transfer-stories.js';
import { completeTransfer, swapTransfer, withdrawTransfer } from './transfer-commands.js';

/* The clauses that are about the transfer itself: the consent, the reason, and nobody left before the answer. */

const agent802 = { kind: 'agent', id: agentIdOf('802'), name: '', number: '802' } as const;

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
