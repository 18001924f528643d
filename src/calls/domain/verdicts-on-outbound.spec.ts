import { CallStory } from '../../../test/builders/call-story.js';
import { judges } from '../../../test/builders/call-verdicts.js';
import { tells } from '../../../test/builders/judged.js';
import { aCall, completeRecord } from '../../../test/builders/timeline.js';
import { completeWrapUp } from './commands.js';

/** 801 dials; the agent's own phone answers by itself. */
const dialled = (points = '核对入住日期', destination = 'mobile') => {
  const story = new CallStory().dials('801', points, destination).rings();
  return story.engine({ kind: 'leg.answered', legId: story.handling.legId });
};
const busy = () => {
  const story = dialled().passes(2_000);
  return story.engine({ kind: 'leg.refused', legId: story.customer, why: 'busy', sipStatus: 486 });
};
const talked = () => {
  const story = dialled().passes(8_000);
  story.engine({ kind: 'leg.answered', legId: story.customer }).customerConnected();
  return story.passes(1_200).says('agent', 2_000).says('customer', 2_000);
};
const over = () => {
  const story = talked();
  return story.hangsUp(story.customer);
};
const recorded = (story: CallStory) => story.agent((desk) => completeWrapUp(desk, completeRecord, []));
const inbound = () => new CallStory().arrives().offeredTo('801').rings().answers();

judges('25', 'prepared', [
  ['with purpose and points', () => dialled(), '801', 'pass', 'dial.prepared', { purpose: 'call-back' }],
  ['though nobody answered', busy, '801', 'pass', 'dial.prepared'],
  ['without points', () => dialled(' '), '801', 'fail', 'dial.points-missing', { purpose: 'call-back' }],
  ['help is called', () => dialled('', 'emergency'), '801', 'not-applicable', 'dial.emergency'],
  [
    'the agent’s own phone still rings',
    () => new CallStory().dials('801').rings(),
    '801',
    'not-determinable',
    'in-progress',
  ],
  ['a call that came in', inbound, '801', 'not-applicable', 'outbound-only'],
]);

judges('25', 'record', [
  ['written down', () => recorded(over()), '801', 'pass', 'record.complete'],
  ['written down though nobody answered', () => recorded(busy()), '801', 'pass', 'record.complete'],
  ['not yet', busy, '801', 'not-determinable', 'wrap-up-pending'],
  ['a call that came in', inbound, '801', 'not-applicable', 'outbound-only'],
]);

judges('26.2', '', [
  ['what was said', over, '801', 'not-determinable', 'transcript-missing'],
  ['busy', busy, '801', 'not-applicable', 'dial.not-reached'],
  ['a call that came in', inbound, '801', 'not-applicable', 'outbound-only'],
]);

judges('26.1', 'rings', [['the agent’s own phone', over, '801', 'not-applicable', 'inbound-only']]);

judges('26.1', 'first-speech', [
  ['counts from the customer’s answer', over, '801', 'pass', 'first-speech.in-time', { seconds: 1.2 }],
  ['busy', busy, '801', 'not-applicable', 'dial.not-reached'],
]);

for (const clause of ['23.15', '27.2']) {
  judges(clause, '', [
    ['reached', over, '801', 'pass', 'ending.customer-first'],
    ['busy', busy, '801', 'not-applicable', 'dial.not-reached'],
  ]);
}

judges('26.9', '', [
  ['nobody to read back to', () => recorded(busy()), '801', 'not-applicable', 'dial.not-reached'],
]);
judges('23.5', '', [
  ['the agent has the file before dialling', over, '801', 'not-applicable', 'inbound-only'],
]);

/* What the call machine never makes, but a record may hold: judged as it stands. */

const dials = (purpose?: string) => {
  const story = aCall({ direction: 'outbound' }).arrives();
  const ids = { handlingId: story.handlingId, agentId: story.agentId };
  const sheet = { points: '核对入住日期', callerNumber: '01065540000', destination: 'mobile' };
  if (purpose) story.tell('agent', 'dial.prepared', { ...ids, purpose, ...sheet });
  return story.rings().answers().tell('system', 'dial.started', ids);
};

tells('25', 'prepared', [
  ['without the sheet', () => dials(), 'fail', 'dial.unprepared'],
  ['for a purpose nobody knows', () => dials('chat'), 'fail', 'dial.purpose-unknown', { purpose: 'chat' }],
]);
