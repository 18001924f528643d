import type { Clause } from '../../contracts/policy.js';
import { clausesOf } from './clause.js';

const clause = clausesOf(4);

/** Chapter 4: what an agent does not do. */
export const chapter4ShouldNot: readonly Clause[] = [
  clause('24.1', 'H', 1, {
    title: ['含糊不清', 'Unclear speech'],
    text: ['表达含糊不清。', 'Speaking unclearly.'],
  }),
  clause('24.2', 'H', 1, { title: ['过于敏感', 'Touchy'], text: ['过于敏感。', 'Being too sensitive.'] }),
  clause('24.3', 'H', 1, {
    title: ['抽烟或吃东西', 'Smoking or eating'],
    text: ['打电话时抽烟或吃东西。', 'Smoking or eating during a call.'],
  }),
  clause('24.4', 'H', 1, {
    title: ['俚语和行话', 'Slang and jargon'],
    text: ['使用自己习惯的语言、俚语和行话等。', "Using one's own habitual words, slang or jargon."],
  }),
  clause('24.5', 'H', 0, {
    title: ['与客户开玩笑', 'Joking with the customer'],
    text: ['与客户开玩笑。', 'Joking with the customer.'],
  }),
  clause('24.6', 'H', 0, {
    title: ['不懂装懂', 'Pretending to understand'],
    text: ['假装明白所有的事情。', 'Pretending to understand everything.'],
  }),
  clause('24.7', 'M H au', 0, {
    title: ['打断或挑战客户', 'Interrupting or challenging'],
    text: ['打断或挑战客户。', 'Interrupting or challenging the customer.'],
  }),
  clause('24.8', 'H', 1, {
    title: ['公事公办的语气', 'Impersonal tone'],
    text: ['使用非人性化的语气（公事公办的语气）。', 'Using an impersonal, bureaucratic tone.'],
  }),
  clause('24.9', 'M au', 1, { title: ['大声嚷嚷', 'Shouting'], text: ['大声嚷嚷。', 'Shouting.'] }),
  clause(
    '24.10',
    'H',
    1,
    { title: ['言词粗鲁', 'Rude words'], text: ['言词粗鲁。', 'Using rude words.'] },
    true,
  ),
  clause('24.11', 'H', 0, {
    title: ['过分谦卑', 'Servility'],
    text: ['表现得过分谦卑。', 'Being excessively humble.'],
  }),
  clause('24.12', 'E M wr', 0, {
    title: ['靠记忆不记录', 'Relying on memory'],
    text: ['靠记忆而不作必要的记录。', 'Relying on memory instead of taking the notes that are needed.'],
  }),
  clause('24.13', 'E M ev', 5, {
    title: ['突然转移或未经许可等待', 'Sudden transfer, hold without consent'],
    text: [
      '突然转移电话或在没有征得客户许可的情况下让客户等待。',
      "Transferring suddenly, or making the customer wait without the customer's consent.",
    ],
  }),
  clause('24.14', 'E M ev', 5, {
    title: ['等待超过一分钟', 'Waiting over one minute'],
    text: [
      '离开电话，让客户等待的时间超过一分钟。',
      'Leaving the phone and the customer waiting for more than one minute.',
    ],
  }),
];
