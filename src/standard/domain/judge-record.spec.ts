import { talking, tells } from '../../../test/builders/judged.js';

for (const clause of ['23.4', '24.12']) {
  tells(clause, '', [
    ['complete', () => talking().customerHangsUp().wrapsUp(), 'pass', 'record.complete', { count: 5 }],
    [
      'incomplete',
      () => talking().customerHangsUp().wrapsUp({ customerName: ' ', numberReadBack: false }),
      'fail',
      'record.incomplete',
      { fields: ['customerName', 'numberReadBack'] },
    ],
    [
      'an outcome nobody knows',
      () => talking().customerHangsUp().wrapsUp({ outcome: 'fine' }),
      'fail',
      'record.incomplete',
      { fields: ['outcome'] },
    ],
    [
      'nobody to name',
      () =>
        talking().customerHangsUp().wrapsUp({
          outcome: 'wrong-number',
          customerName: '',
          customerNumber: '',
          nameReadBack: false,
          numberReadBack: false,
        }),
      'pass',
      'record.complete',
    ],
    ['not written yet', () => talking().customerHangsUp(), 'not-determinable', 'wrap-up-pending'],
    ['still talking', () => talking(), 'not-determinable', 'in-progress'],
  ]);
}

tells('26.9', '', [
  ['both read back', () => talking().customerHangsUp().wrapsUp(), 'pass', 'read-back.done'],
  [
    'the number not',
    () => talking().customerHangsUp().wrapsUp({ numberReadBack: false }),
    'fail',
    'read-back.missing',
    { fields: ['numberReadBack'] },
  ],
  [
    'nobody to name',
    () =>
      talking().customerHangsUp().wrapsUp({
        outcome: 'dead-line',
        customerName: '',
        customerNumber: '',
        nameReadBack: false,
        numberReadBack: false,
      }),
    'not-applicable',
    'read-back.no-customer',
  ],
]);

tells('17', '', [
  ['settled', () => talking().customerHangsUp().wrapsUp(), 'not-applicable', 'follow-up.not-needed'],
  [
    'open, with what follows',
    () => talking().customerHangsUp().wrapsUp({ outcome: 'follow-up', followUp: '周三前回电' }),
    'pass',
    'follow-up.named',
  ],
  [
    'open, and nothing follows',
    () => talking().customerHangsUp().wrapsUp({ outcome: 'follow-up' }),
    'fail',
    'follow-up.missing',
  ],
]);
