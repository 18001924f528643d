import { talking, tells } from '../../../test/builders/judged.js';
import { anAnsweredCall } from '../../../test/builders/timeline.js';

tells('24.13', '', [
  ['never held', () => talking().customerHangsUp(), 'not-applicable', 'hold.none'],
  [
    'held with consent',
    () => talking().held({ forMs: 10_000 }).customerHangsUp(),
    'pass',
    'hold.all-consented',
    { count: 1 },
  ],
  [
    'held without asking',
    () => talking().held({ forMs: 10_000, asked: false }).customerHangsUp(),
    'fail',
    'hold.without-consent',
  ],
  [
    'held by the phone, while the call goes on',
    () => talking().heldByPhone(),
    'fail',
    'hold.by-phone',
    { count: 1 },
  ],
  [
    'asked, refused, not held',
    () => talking().holdDeclined().customerHangsUp(),
    'pass',
    'hold.refusal-respected',
  ],
  ['nothing wrong so far', () => talking().held({ forMs: 10_000 }), 'not-determinable', 'in-progress'],
  [
    'nobody watched part of the talk',
    () => talking().gap(2_000).customerHangsUp(),
    'not-determinable',
    'engine-gap',
  ],
]);

tells('24.14', 'each', [
  [
    'exactly a minute',
    () => talking().held({ forMs: 60_000, limitMs: 60_000 }).customerHangsUp(),
    'pass',
    'hold.within-ceiling',
    { seconds: 60 },
  ],
  [
    'a moment over',
    () => talking().held({ forMs: 60_001, limitMs: 60_000 }).customerHangsUp(),
    'fail',
    'hold.over-ceiling',
  ],
  ['a running hold, in time', () => talking().held().pass(59_000), 'not-determinable', 'in-progress'],
  [
    'a running hold over the minute',
    () => talking().held().pass(60_500),
    'fail',
    'hold.over-ceiling',
    { seconds: 60.5 },
  ],
  [
    'the customer gave up on hold after 70 s',
    () => talking().held().customerHangsUp(70_000),
    'fail',
    'hold.over-ceiling',
    { seconds: 70 },
  ],
  [
    'over before the link was lost',
    () => talking().held().pass(61_000).gap(9_000).customerHangsUp(),
    'fail',
    'hold.over-ceiling',
    { seconds: 61 },
  ],
  [
    'link lost early in the hold',
    () => talking().held().pass(5_000).gap(90_000).customerHangsUp(),
    'not-determinable',
    'engine-gap',
  ],
  ['none', () => talking().customerHangsUp(), 'not-applicable', 'hold.none'],
]);

tells('24.14', 'total', [
  [
    'two short ones',
    () => talking().held({ forMs: 20_000 }).held({ forMs: 20_000 }).customerHangsUp(),
    'pass',
    'hold.total-within',
    { count: 2, seconds: 40 },
  ],
  [
    'two that add up',
    () => talking().held({ forMs: 40_000, limitMs: 45_000 }).held({ forMs: 25_000 }).customerHangsUp(),
    'fail',
    'hold.total-over',
    { seconds: 65 },
  ],
]);

tells('26.4', '', [
  ['promise kept', () => talking().held({ forMs: 29_000 }).customerHangsUp(), 'pass', 'hold.promise-kept'],
  [
    'longer than promised',
    () => talking().held({ forMs: 31_000 }).agentSpeaks(),
    'fail',
    'hold.longer-than-promised',
    { seconds: 31, limitSeconds: 30 },
  ],
  [
    'a reason nobody knows',
    () => talking().held({ forMs: 5_000, reason: 'tea' }).customerHangsUp(),
    'fail',
    'hold.reason-unknown',
    { reason: 'tea' },
  ],
  [
    'never asked',
    () => talking().held({ forMs: 5_000, asked: false }).customerHangsUp(),
    'fail',
    'hold.without-consent',
  ],
]);

tells('23.11', 'speaks', [
  [
    'speaks at once',
    () => talking().held({ forMs: 9_000 }).agentSpeaks({ after: 700 }).customerHangsUp(),
    'pass',
    'hold.spoke-after',
    { seconds: 0.7 },
  ],
  [
    'leaves the customer in silence',
    () => talking().held({ forMs: 9_000 }).agentSpeaks({ after: 4_000 }).customerHangsUp(),
    'fail',
    'hold.silent-after',
    { seconds: 4 },
  ],
  [
    'the customer left while held',
    () => talking().held().customerHangsUp(9_000),
    'not-applicable',
    'hold.not-resumed',
  ],
  [
    'the engine told of no voice',
    () => anAnsweredCall().held({ forMs: 9_000 }).customerHangsUp(9_000),
    'not-determinable',
    'speech-missing',
  ],
  [
    'the customer left as the agent came back',
    () => talking().held({ forMs: 9_000 }).customerHangsUp(500),
    'not-applicable',
    'hold.not-resumed',
  ],
]);
