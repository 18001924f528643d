import type { Clause } from '../../contracts/policy.js';
import { clausesOf } from './clause.js';

const clause = clausesOf(4);

/** Chapter 4: what an agent does. */
export const chapter4Should: readonly Clause[] = [
  clause('23.1', 'H', 1, { title: ['专业化', 'Professional'], text: ['专业化。', 'Be professional.'] }),
  clause('23.2', 'H', 1, {
    title: ['积极专注', 'Positive and focused'],
    text: ['工作时，要积极、专注。', 'Be positive and focused at work.'],
  }),
  clause('23.3', 'H', 0, {
    title: ['放松情绪', 'Calm'],
    text: ['注意放松自己的情绪。', 'Mind to keep calm and relaxed.'],
  }),
  clause('23.4', 'E M wr', 4, {
    title: ['记录所有信息', 'Record everything'],
    text: ['记录所有信息。', 'Record all information.'],
  }),
  clause('23.5', 'E M ev', 1, {
    title: ['快速使用客户资料', 'Use the customer file fast'],
    text: [
      '快速使用客户资料，迅速处理相关的咨询、查询、投诉等业务。',
      "Use the customer's file quickly; deal promptly with questions, look-ups and complaints.",
    ],
  }),
  clause('23.6', 'H', 0, { title: ['使用普通话', 'Mandarin'], text: ['使用普通话。', 'Speak Mandarin.'] }),
  clause('23.7', 'E H', 3, {
    title: ['熟悉业务', 'Know the business'],
    text: [
      '熟悉企业经营业务，回答各类问题。',
      "Know the company's business and answer every kind of question.",
    ],
  }),
  clause('23.8', 'H', 1, {
    title: ['避免歧义', 'No ambiguous words'],
    text: ['避免使用可能会产生歧义的言词。', 'Avoid words that can be misunderstood.'],
  }),
  clause('23.9', 'E M au', 3, {
    title: ['避免长时间沉默', 'No prolonged silence'],
    text: ['避免延长沉默的时间。', 'Avoid drawing out silence.'],
  }),
  clause('23.10', 'E H', 2, {
    title: ['不能立即答复时', 'When an answer must wait'],
    text: [
      '如不能立即答复，可让客户稍稍等待，或转接到别处，或给客户打回。',
      'If an answer cannot be given at once, let the customer wait a little, transfer the call, or call the customer back.',
    ],
  }),
  clause('23.11', 'E M ev au tx', 3, {
    title: ['感谢等待', 'Thank for waiting'],
    text: ['如让客户等待，则应表示感谢。', 'Thank a customer who was kept waiting.'],
  }),
  clause('23.12', 'E M tx', 2, {
    title: ['告知工号', 'Give the agent number'],
    text: [
      '告诉客户服务工号，并希望能再次为其服务。',
      'Tell the customer the agent number and hope to serve again.',
    ],
  }),
  clause('23.13', 'E M tx', 1, {
    title: ['感谢合作', 'Thank the customer'],
    text: ['感谢客户与企业的合作。', 'Thank the customer for working with the company.'],
  }),
  clause('23.14', 'E M tx', 1, {
    title: ['积极结束', 'End positively'],
    text: ['以积极的语言结束。', 'End with positive words.'],
  }),
  clause('23.15', 'E M ev', 5, {
    title: ['让客户先挂电话', 'The customer hangs up first'],
    text: ['让客户先挂电话。', 'Let the customer hang up first.'],
  }),
];
