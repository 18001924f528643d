import type { Clause } from '../../contracts/policy.js';
import { clausesOf } from './clause.js';

const clause = clausesOf(3);

/** Chapter 3: the attitude to the customer. */
export const chapter3: readonly Clause[] = [
  clause('15', 'H', 1, {
    title: ['精神饱满、彬彬有礼', 'Courteous and in good spirits'],
    text: [
      '要以良好的精神状态为客户服务，做到彬彬有礼、落落大方、善解人意、热情周到。',
      'Serve in good spirits: courteous, natural, understanding and warm.',
    ],
  }),
  clause('16', 'H', 2, {
    title: ['有问必答', 'Answers everything asked'],
    text: [
      '对客户提出的问题有问必答、耐心解释，对客户不懂的地方不教训、不责备。',
      'Answer everything the customer asks and explain patiently; never lecture or blame the customer for not knowing.',
    ],
  }),
  clause('17', 'E M wr', 3, {
    title: ['疑难问题', 'Hard questions'],
    text: [
      '对待疑难问题不装懂、不推诿，婉言向客户解释并请相关人员答复客户。',
      'Do not pretend to know a hard question and do not push it away; explain politely and have the right person answer the customer.',
    ],
  }),
  clause('18', 'E H', 1, {
    title: ['特殊需要的客户', 'Customers with special needs'],
    text: [
      '对有特殊需要的服务对象（残疾人士、行动不便的老年人等），应更有耐心，尽量给予帮助并提供服务，必要时请相关后台人员处理。',
      'Be more patient with customers who have special needs (disabled people, old people who move with difficulty), help as far as possible, and ask the back office where needed.',
    ],
  }),
  clause(
    '19',
    'H',
    2,
    {
      title: ['尊重客户', 'Respect'],
      text: [
        '尊重客户，不与客户开玩笑，严禁讥笑客户的缺陷。',
        "Respect the customer, make no jokes with the customer; mocking a customer's defects is strictly forbidden.",
      ],
    },
    true,
  ),
  clause('20', 'E H', 2, {
    title: ['失礼言行的客户', 'Rude customers'],
    text: [
      '对个别客户的一些失礼言行，要尽量克制忍让，不与客户争辩顶撞，必要时请经理、主管协助共同解决问题。',
      'With the rude words or acts of some customers stay restrained, do not argue or answer back; where needed ask the manager or supervisor to help solve it.',
    ],
  }),
  clause('21', 'H', 1, {
    title: ['纠正差错并致歉', 'Correct mistakes and apologise'],
    text: [
      '在服务过程中，如有工作差错，应立即纠正，并向客户致歉。',
      'A mistake in the service is corrected at once, with an apology to the customer.',
    ],
  }),
  clause('22', 'H', 1, {
    title: ['谦虚对待表扬', 'Modest under praise'],
    text: [
      '客户提出表扬时，要谦虚致词，不骄不躁。',
      'When the customer praises, answer modestly, without conceit.',
    ],
  }),
];
