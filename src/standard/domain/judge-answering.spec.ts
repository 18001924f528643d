import { ringing, tells } from '../../../test/builders/judged.js';
import { aCall, anAnsweredCall } from '../../../test/builders/timeline.js';

tells('26.1', 'rings', [
  ['in the first ring', () => anAnsweredCall(1_500), 'pass', 'rings.within', { rings: 1, limit: 3 }],
  [
    'at the last moment of the third ring',
    () => anAnsweredCall(14_999),
    'pass',
    'rings.within',
    { rings: 3 },
  ],
  [
    'as the fourth ring starts',
    () => anAnsweredCall(15_000),
    'fail',
    'rings.too-many',
    { rings: 4, seconds: 15 },
  ],
  [
    'not answered in three rings',
    () => ringing().misses('three-rings'),
    'fail',
    'rings.missed',
    { limit: 3 },
  ],
  [
    'rejected in the second ring',
    () => ringing().misses('rejected', 6_000),
    'fail',
    'rings.rejected',
    { rings: 2 },
  ],
  [
    'the phone was gone',
    () => ringing().misses('device-lost', 2_000),
    'not-determinable',
    'rings.phone-failed',
  ],
  [
    'never rang',
    () => aCall().arrives().queued().rings({ offeredOnly: true }).misses('unreachable', 6_000),
    'not-determinable',
    'rings.phone-failed',
  ],
  [
    'the caller gave up',
    () => ringing().callerGivesUp(6_000),
    'not-applicable',
    'rings.caller-left',
    { rings: 2 },
  ],
  ['still in the second ring', () => ringing().pass(7_000), 'not-determinable', 'in-progress'],
  ['rings on past three', () => ringing().pass(15_000), 'fail', 'rings.too-many', { rings: 4 }],
  ['nobody watched while it rang', () => ringing().gap(3_000).answers(100), 'not-determinable', 'engine-gap'],
  [
    'answered without a ring told',
    () => aCall().arrives().rings({ offeredOnly: true }).answers(),
    'not-determinable',
    'rings.start-unknown',
  ],
]);

tells('26.1', 'first-speech', [
  [
    'a sound before the answer is no greeting',
    () => ringing().agentSpeaks({ after: 0, forMs: 500 }).answers().agentSpeaks({ after: 4_000 }),
    'fail',
    'first-speech.late',
    { seconds: 4 },
  ],
  [
    'speaks at once',
    () => anAnsweredCall().agentSpeaks({ after: 900 }),
    'pass',
    'first-speech.in-time',
    { seconds: 0.9 },
  ],
  [
    'speaks just in time',
    () => anAnsweredCall().agentSpeaks({ after: 3_000 }),
    'pass',
    'first-speech.in-time',
    { seconds: 3 },
  ],
  ['speaks late', () => anAnsweredCall().agentSpeaks({ after: 3_001 }), 'fail', 'first-speech.late'],
  [
    'says nothing while the customer talks',
    () => anAnsweredCall().customerSpeaks({ after: 500, forMs: 6_000 }),
    'fail',
    'first-speech.none',
  ],
  [
    'the engine told of no voice',
    () => anAnsweredCall().customerHangsUp(20_000),
    'not-determinable',
    'speech-missing',
  ],
  ['no word yet, nothing known', () => anAnsweredCall().pass(1_000), 'not-determinable', 'in-progress'],
  [
    'ended before the agent could speak',
    () => anAnsweredCall().customerSpeaks({ after: 100, forMs: 400 }).customerHangsUp(100),
    'not-applicable',
    'first-speech.call-too-short',
  ],
  [
    'nobody watched before the first word',
    () => anAnsweredCall().gap(800).agentSpeaks({ after: 100 }),
    'not-determinable',
    'engine-gap',
  ],
  ['never answered', () => ringing().misses('three-rings'), 'not-applicable', 'not-answered'],
]);

tells('23.5', '', [
  [
    'while it rang',
    () => ringing().fileShown(300).answers(6_000),
    'pass',
    'file.shown-while-ringing',
    { seconds: 0.3 },
  ],
  [
    'picked up at once, shown a moment later',
    () => ringing().answers(400).fileShown(300),
    'pass',
    'file.shown-while-ringing',
  ],
  [
    'long after the answer',
    () => ringing().answers(6_000).fileShown(3_000),
    'fail',
    'file.shown-late',
    { seconds: 9 },
  ],
  ['never told', () => ringing().answers(6_000).customerHangsUp(), 'not-determinable', 'file.not-reported'],
]);
